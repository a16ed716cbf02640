"""Columns of transactions and process events that another index begins with lose their own: each costs every row that comes."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from core.online import DropFieldIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("monitoring", "0020_transaction_archive")]

    operations = [
        DropFieldIndexOnline(
            model_name="transaction",
            name="client",
            field=models.ForeignKey(
                "accounts.apiclient", on_delete=PROTECT, null=True, related_name="+", db_index=False
            ),
        ),
        DropFieldIndexOnline(
            model_name="transaction",
            name="customer",
            field=models.ForeignKey(
                "customers.customer", on_delete=PROTECT, related_name="transactions", db_index=False
            ),
        ),
        DropFieldIndexOnline(
            model_name="processevent",
            name="customer",
            field=models.ForeignKey(
                "customers.customer", on_delete=PROTECT, related_name="process_events", db_index=False
            ),
        ),
    ]
