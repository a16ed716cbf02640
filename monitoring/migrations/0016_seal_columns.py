"""Seals what stands in clear in the columns that are sealed now."""

from django.db import migrations

from core.columns.moving import open_all_of, seal_all_of


class Migration(migrations.Migration):
    """Not atomic: each batch is committed. Killed in the middle, it goes on where it stopped when it is run again."""

    atomic = False
    dependencies = [("monitoring", "0015_sealed_columns")]
    operations = [migrations.RunPython(seal_all_of("monitoring"), open_all_of("monitoring"))]
