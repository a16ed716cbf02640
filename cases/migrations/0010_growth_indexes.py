"""Cases of any standing in the order in which they are listed."""

from django.db import migrations, models

from core.online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0009_seal_columns")]

    operations = [
        AddIndexOnline(
            model_name="case",
            index=models.Index(fields=["-priority", "due_at"], name="case_order"),
        ),
    ]
