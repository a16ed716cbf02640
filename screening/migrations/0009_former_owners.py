"""Who was an owner of whom before that was kept: what was found about a party names the customer it was screened for."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef

_FOUND = ("Hit", "MediaHit", "Suppression")


def tie_former_owners(apps: Any, schema_editor: Any) -> None:
    """Ties parties that belong to nobody to the customer of their hits. Again harmless."""
    party, former = apps.get_model("customers", "Party"), apps.get_model("customers", "FormerOwner")
    owner, customer = apps.get_model("customers", "BeneficialOwner"), apps.get_model("customers", "Customer")
    own = {"party": OuterRef("pk")}
    alone = party.objects.exclude(Exists(owner.objects.filter(**own))).exclude(Exists(customer.objects.filter(**own)))
    for name in _FOUND:
        model = apps.get_model("screening", name)
        pairs = set(model.objects.filter(party__in=alone).values_list("customer", "party"))
        ties = [former(customer_id=whose, party_id=which) for whose, which in pairs]
        former.objects.bulk_create(ties, ignore_conflicts=True, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("screening", "0008_growth_indexes"), ("customers", "0010_former_owners")]
    operations = [migrations.RunPython(tie_former_owners, migrations.RunPython.noop)]
