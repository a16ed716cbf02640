"""Seals what stands in clear in the columns that are sealed now, and makes link keys blind."""

from django.db import migrations

from core.columns.fields import Blinded
from core.columns.moving import open_all_of, seal_all_of
from customers.rekeying import rewrite_link_keys


def _blind(apps, schema_editor):
    _rewrite(apps, str)


def _in_clear(apps, schema_editor):
    _rewrite(apps, Blinded)


def _rewrite(apps, spelled):
    party, key = apps.get_model("customers", "Party"), apps.get_model("customers", "PartyLinkKey")
    rewrite_link_keys(party, key, spelled, lambda done, total, what: None)


class Migration(migrations.Migration):
    """Not atomic: each batch is committed. Killed in the middle, it goes on where it stopped when it is run again."""

    atomic = False
    dependencies = [("customers", "0006_sealed_columns")]
    operations = [
        migrations.RunPython(seal_all_of("customers"), open_all_of("customers")),
        migrations.RunPython(_blind, _in_clear),
    ]
