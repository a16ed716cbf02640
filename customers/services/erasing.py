"""Forgetting a customer: every app's data, then the key under which the record holds what is personal."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from audit.services import destroy_subject_key, record
from core.actor import Actor
from core.clock import now
from customers import actions
from customers.enums import ENDED
from customers.exceptions import RelationshipStands
from customers.models import (
    BeneficialOwner,
    Customer,
    FormerOwner,
    Party,
    PartyAddress,
    PartyIdentifier,
    PartyLinkKey,
    RatingFactor,
)
from customers.personal_data import holders
from customers.signals import customer_changed
from workflows.services import forget_runs

ERASED = "Erased"
_BLANK: dict[str, object] = {
    "name": ERASED, "given_names": "", "surname": "", "aliases": [], "birth_date": None, "incorporated_on": None,
    "gender": "", "nationalities": [], "country": "", "occupation": "", "email": "", "phone": "",
}  # fmt: skip


@transaction.atomic
def erase_customer(
    *, customer_id: UUID, reason: str, by: Actor, told: Callable[[int, int, str], None] = lambda done, total, what: None
) -> dict[str, int]:
    """Deletes or blanks everything that is known of a customer whose relationship has ended; how much of what.

    Side effects, in order: what each holder forgets, the highest floor first; the customer's key in the record
    destroyed, so that its entries stay provable and can no longer be read; an audit entry with the counts;
    `customer_changed`. Whether it may be done (retention, holds, approval) is the caller's to know. Raises
    RelationshipStands.
    """
    customer = Customer.objects.select_for_update().get(pk=customer_id)
    if customer.status not in ENDED:
        raise RelationshipStands("The relationship has not ended: a customer of today cannot be forgotten.")
    counts: dict[str, int] = {}
    everyone = holders()
    for number, holder in enumerate(everyone, start=1):
        for what, count in holder.forget(customer_id).items():
            counts[what] = counts.get(what, 0) + count
        told(number, len(everyone), holder.name)
    destroy_subject_key(subject_id=customer_id, reason=reason, by=by)
    record(actions.ERASED, by=by, object_type="customer", object_id=customer_id, after={"reason": reason, **counts})
    customer_changed.send(Customer, customer_id=customer_id)
    return counts


def forget_facts(customer_id: UUID) -> dict[str, int]:
    """Blanks the customer, deletes its owners, former ones too, that are nobody else's, every history row and rating reason."""
    customer = Customer.objects.get(pk=customer_id)
    ties = (customer.owners.all(), customer.former_owners.all())
    owned = {party for rows in ties for party in rows.values_list("party_id", flat=True)}
    for rows in ties:
        rows.delete()
    others = set(BeneficialOwner.objects.filter(party__in=owned).values_list("party_id", flat=True))
    others |= set(FormerOwner.objects.filter(party__in=owned).values_list("party_id", flat=True))
    others |= set(Customer.objects.filter(party__in=owned).values_list("party_id", flat=True))
    only_here = sorted(owned - others)
    parties = [customer.party_id, *only_here]
    for model in (PartyAddress, PartyIdentifier, PartyLinkKey):
        model.objects.filter(party__in=parties).delete()
    Party.objects.filter(pk__in=only_here).delete()
    Party.history.filter(
        id__in=parties
    ).delete()  # after the parties: that they were deleted is a row of it, with their names
    Customer.history.filter(id=customer_id).delete()
    Party.objects.filter(pk=customer.party_id).update(**_BLANK, updated_at=now())
    factors = RatingFactor.objects.filter(rating__customer=customer_id).update(value="", reason=ERASED)
    Customer.objects.filter(pk=customer_id).update(
        external_id=f"erased-{customer_id}",
        product="",
        channel="",
        purpose="",
        expected_monthly_volume=None,
        erased_at=now(),
    )
    return {"parties": len(parties), "rating reasons": factors, "runs": forget_runs(subject_ids=[customer_id])}
