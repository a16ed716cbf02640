"""What steps put out is sealed; the ids in it, by which waiting steps are found, stand beside it."""

from django.db import migrations, models

import core.columns.fields
from core.columns.operations import SealText


class Migration(migrations.Migration):
    dependencies = [("workflows", "0010_seal_columns")]

    operations = [
        migrations.AddField(
            model_name="steprun",
            name="output_ids",
            field=models.JSONField(default=dict),
        ),
        SealText(
            model_name="steprun",
            name="output",
            field=core.columns.fields.SealedJSONField(default=dict),
        ),
    ]
