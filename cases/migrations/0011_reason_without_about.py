# large table: what it held was read by nobody; the release it belongs to is not rolling (docs/guide/upgrading.md)
"""A reason is found by its source: the list or scenario it repeated, sealed and indexed, goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_growth_indexes")]

    operations = [
        migrations.RemoveIndex(model_name="casereason", name="reason_about"),
        migrations.RemoveField(model_name="casereason", name="about"),
    ]
