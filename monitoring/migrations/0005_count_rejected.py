"""Deliveries of before have their number of rejected rows."""

from django.db import migrations


def count(apps, schema_editor):
    ingests = apps.get_model("monitoring", "Ingest").objects.exclude(rejected=[])
    for ingest in ingests.iterator():
        ingest.rejected_count = len(ingest.rejected)
        ingest.save(update_fields=["rejected_count"])


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_process_events")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
