"""Seals what stands in clear in the columns that are sealed now, and writes the keys of document numbers."""

from django.db import migrations

from core.columns.moving import open_all_of, seal_all_of
from documents.rekeying import rewrite_number_keys


def _keys(apps, schema_editor):
    rewrite_number_keys(apps.get_model("documents", "Field"), lambda done, total, what: None)


class Migration(migrations.Migration):
    """Not atomic: each batch is committed. Killed in the middle, it goes on where it stopped when it is run again."""

    atomic = False
    dependencies = [("documents", "0003_sealed_columns")]
    operations = [
        migrations.RunPython(seal_all_of("documents"), open_all_of("documents")),
        migrations.RunPython(_keys, migrations.RunPython.noop),
    ]
