"""Customers of one standing or kind: a million of them are not read to list the few who left, or the few companies."""

from django.db import migrations, models

from core.online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0010_former_owners")]

    operations = [
        AddIndexOnline(
            model_name="customer",
            index=models.Index(fields=["status", "-created_at"], name="customer_by_status"),
        ),
        AddIndexOnline(
            model_name="party",
            index=models.Index(fields=["kind"], name="party_by_kind"),
        ),
    ]
