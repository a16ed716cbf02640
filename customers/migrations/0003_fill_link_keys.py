"""Link keys of the parties that were registered before there were any."""

from django.db import migrations

from customers.links import link_keys


def fill(apps, schema_editor):
    Party = apps.get_model("customers", "Party")
    PartyLinkKey = apps.get_model("customers", "PartyLinkKey")
    for party in Party.objects.prefetch_related("addresses", "identifiers").iterator(chunk_size=500):
        keys = link_keys(
            party.name, party.birth_date, party.phone, party.email, list(party.addresses.all()),
            list(party.identifiers.all()),
        )
        PartyLinkKey.objects.bulk_create([PartyLinkKey(party=party, kind=kind, key=key) for kind, key in sorted(keys)])


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_party_link_keys")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
