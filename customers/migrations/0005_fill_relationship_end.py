"""The end of relationships that ended before it was kept: the customer's last change, which is at the latest."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    customers = apps.get_model("customers", "Customer").objects
    customers.filter(status__in=["rejected", "exited"], relationship_ended_at=None).update(
        relationship_ended_at=F("updated_at")
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_relationship_end")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
