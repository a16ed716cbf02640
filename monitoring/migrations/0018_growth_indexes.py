"""Alerts and transactions of everybody in the order in which they are listed."""

from django.db import migrations, models

from core.online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("monitoring", "0017_event_flags")]

    operations = [
        AddIndexOnline(
            model_name="alert",
            index=models.Index(fields=["-state", "-created_at"], name="alert_order"),
        ),
        AddIndexOnline(
            model_name="transaction",
            index=models.Index(fields=["-booked_at"], name="transaction_newest"),
        ),
    ]
