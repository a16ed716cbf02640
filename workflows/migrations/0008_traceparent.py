"""The context of the request that started a run, so that traces go on in the worker. A run without one is traced by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0007_given_up")]

    operations = [
        migrations.AddField("run", "traceparent", models.CharField(blank=True, default="", max_length=60)),
    ]
