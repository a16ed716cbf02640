"""What customers share with others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from customers.enums import LinkKind
from customers.models import BeneficialOwner, Customer, PartyLinkKey


@dataclass(frozen=True)
class PartyLink:
    """Of which kind what a customer shares with another is, and its blind key; the value stands with the facts of both."""

    kind: LinkKind
    key: str
    customer: Customer


_MOST_LINKS = 200


def _own_parties(customer: Customer) -> list[UUID]:
    return [customer.party_id, *customer.owners.values_list("party_id", flat=True)]


def _sharing(parties: list[UUID]) -> QuerySet[PartyLinkKey]:
    """Link keys of other parties that ours have too."""
    keys = PartyLinkKey.objects.filter(party__in=parties).values_list("kind", "key")
    wanted = Q(pk__in=[])
    for kind, key in keys:
        wanted |= Q(kind=kind, key=key)
    return PartyLinkKey.objects.filter(wanted).exclude(party__in=parties)


def linked_customer_ids(customer: Customer) -> list[UUID]:
    """Other customers that share a phone, e-mail, address, device, document number, IBAN or owner; at most 200."""
    return linked_customers([customer])[customer.pk]


def linked_customers(customers: Sequence[Customer]) -> dict[UUID, list[UUID]]:
    """For each customer what `linked_customer_ids` says; a constant number of queries."""
    own: dict[UUID, set[UUID]] = {customer.pk: {customer.party_id} for customer in customers}
    for pk, party in BeneficialOwner.objects.order_by().filter(customer__in=own).values_list("customer", "party"):
        own[pk].add(party)
    near = _sharing_with(set().union(*own.values()), _MOST_LINKS * len(own))
    shared = {pk: {other for party in parties for other in near[party]} for pk, parties in own.items()}
    holders: dict[UUID, set[UUID]] = defaultdict(set)
    wanted, most = set().union(*shared.values()), (_MOST_LINKS + 1) * len(own)
    # Two look-ups by index: joined by OR they would read every customer there is.
    for party, pk in Customer.objects.order_by().filter(party__in=wanted).values_list("party", "pk")[:most]:
        holders[party].add(pk)
    owned = BeneficialOwner.objects.order_by().filter(party__in=wanted)
    for party, pk in owned.values_list("party", "customer")[:most]:
        holders[party].add(pk)
    found = {pk: {holder for party in parties for holder in holders[party]} - {pk} for pk, parties in shared.items()}
    return {pk: sorted(others)[:_MOST_LINKS] for pk, others in found.items()}


def _sharing_with(parties: set[UUID], most: int) -> dict[UUID, set[UUID]]:
    """For each party those that have a link key of its own too, and itself."""
    keys: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for party, kind, key in PartyLinkKey.objects.filter(party__in=parties).values_list("party", "kind", "key"):
        keys[kind, key].add(party)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in keys:
        by_kind[kind].append(key)
    wanted = Q(pk__in=[])
    for kind, values in by_kind.items():
        wanted |= Q(kind=kind, key__in=values)
    near: dict[UUID, set[UUID]] = {party: {party} for party in parties}
    others = PartyLinkKey.objects.filter(wanted).exclude(party__in=parties).values_list("party", "kind", "key")[:most]
    for other, kind, key in others:
        for party in keys[kind, key]:
            near[party].add(other)
    for together in keys.values():  # parties of several customers that are asked about
        for party in together:
            near[party] |= together
    return near


def party_links(customer: Customer) -> list[PartyLink]:
    """Everything the customer shares with others, by kind; at most 200. Personal: whoever shows it records the view."""
    ours = _own_parties(customer)
    shared = list(_sharing(ours).values_list("party", "kind", "key")[:_MOST_LINKS])
    holders = _customers_by_party([party for party, _, _ in shared] + ours)
    links = [
        PartyLink(LinkKind(kind), key, other)
        for party, kind, key in shared
        for other in holders.get(party, [])
        if other.pk != customer.pk
    ]
    links += [
        PartyLink(LinkKind.OWNER, str(party), other)
        for party in ours
        for other in holders.get(party, [])
        if other.pk != customer.pk
    ]
    unique = {(link.kind, link.key, link.customer.pk): link for link in links}
    return sorted(unique.values(), key=lambda link: (link.kind, link.key))


def _customers_by_party(parties: list[UUID]) -> dict[UUID, list[Customer]]:
    """The customers that each party is, or owns."""
    holders: dict[UUID, list[Customer]] = {}
    for found in Customer.objects.filter(party__in=parties).select_related("party"):
        holders.setdefault(found.party_id, []).append(found)
    for owner in BeneficialOwner.objects.filter(party__in=parties).select_related("customer__party"):
        holders.setdefault(owner.party_id, []).append(owner.customer)
    return holders
