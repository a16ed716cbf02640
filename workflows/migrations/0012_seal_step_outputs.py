"""Notes the ids that waiting steps put out, then seals what every step put out."""

from typing import Any

from django.db import migrations

from core.columns.moving import open_all_of, seal_all_of
from core.ids import ids_in


def note_ids(apps: Any, schema_editor: Any) -> None:
    """Again harmless: the same ids."""
    rows = apps.get_model("workflows", "StepRun").objects.filter(state="waiting", output_ids={})
    for pk, output in list(rows.values_list("pk", "output")):
        if ids := ids_in(output):
            rows.filter(pk=pk).update(output_ids=ids)


class Migration(migrations.Migration):
    """Not atomic: each batch is committed. Killed in the middle, it goes on where it stopped when it is run again."""

    atomic = False
    dependencies = [("workflows", "0011_step_output_ids")]
    operations = [
        migrations.RunPython(note_ids, migrations.RunPython.noop),
        migrations.RunPython(seal_all_of("workflows", "output"), open_all_of("workflows", "output")),
    ]
