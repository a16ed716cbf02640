"""The level of a customer's newest rating beside the customer, and the index by which lists are narrowed to it."""

from django.db import migrations, models

from core.online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0007_seal_columns")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="risk_level",
            field=models.CharField(
                blank=True,
                choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                db_default="",
                editable=False,
                max_length=10,
            ),
        ),
        AddIndexOnline(
            model_name="customer",
            index=models.Index(fields=["risk_level", "-created_at"], name="customer_by_risk"),
        ),
    ]
