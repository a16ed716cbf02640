"""What this app holds of a customer: the facts, and everything they were before."""

from collections.abc import Mapping
from uuid import UUID

from django.forms import model_to_dict

from customers.models import Customer, Party
from customers.personal_data import Holder, register_holder
from customers.selectors import parties_of_customer
from customers.services.erasing import forget_facts


def _give(customer_id: UUID) -> Mapping[str, object]:
    customer = Customer.objects.select_related("party").get(pk=customer_id)
    names = ("external_id", "product", "channel", "purpose", "expected_monthly_volume", "created_at")
    return {name: getattr(customer, name) for name in names} | {
        "parties": [_told(party) for party in parties_of_customer(customer)]
    }


def _told(party: Party) -> dict[str, object]:
    facts = model_to_dict(party, exclude=["id", "version"])
    facts["addresses"] = [model_to_dict(row, exclude=["id", "party"]) for row in party.addresses.all()]
    facts["identifiers"] = [model_to_dict(row, exclude=["id", "party"]) for row in party.identifiers.all()]
    return facts


register_holder(Holder("customers", 2, forget_facts, _give))
