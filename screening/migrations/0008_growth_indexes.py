"""Hits of everybody in the order in which they are listed."""

from django.db import migrations, models

from core.online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("screening", "0007_seal_columns")]

    operations = [
        AddIndexOnline(
            model_name="hit",
            index=models.Index(fields=["-state", "-similarity", "-evidence"], name="hit_order"),
        ),
    ]
