"""Registering customers and where their relationship stands."""

from dataclasses import asdict, fields

from django.db import IntegrityError, transaction

from accounts.selectors import api_client_for_actor, person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict
from customers import actions
from customers.enums import ENDED, CustomerStatus
from customers.links import link_keys
from customers.models import (
    BeneficialOwner,
    Customer,
    FormerOwner,
    Party,
    PartyAddress,
    PartyIdentifier,
    PartyLinkKey,
)
from customers.shapes import NewAddress, NewCustomer, NewIdentifier, NewOwner, NewParty
from customers.signals import customer_changed
from workflows.services import start_for_event

_PARTY_LISTS = ("addresses", "identifiers")
_OWN_FACTS = ("product", "channel", "purpose", "expected_monthly_volume")


@transaction.atomic
def register_customer(*, data: NewCustomer, by: Actor, stream: str = "") -> Customer:
    """A new customer, or the changed facts of the one the same API client sent under this external id before.

    Side effects: party, addresses, identifiers, owners (replaced as a whole), customer; history rows; an audit entry
    whose personal part is encrypted under the customer's key; the workflows that changed facts start. Raises Conflict
    where the same customer is being registered by another request.
    """
    client = api_client_for_actor(by)
    known = Customer.objects.filter(registered_by_client=client, external_id=data.external_id) if client else None
    customer = known.select_for_update(of=("self",)).select_related("party").first() if known is not None else None
    if customer is None:
        party = _write_party(Party(), data.party)
        person = None if client else person_for_actor(by)
        customer = Customer(party=party, external_id=data.external_id, registered_by_client=client,
                            registered_by_person=person)  # fmt: skip
        changed = None
    else:
        changed = _changed_facts(customer, data)
        customer.claim_version()
        _write_party(customer.party, data.party)
    for name in _OWN_FACTS:
        setattr(customer, name, getattr(data, name))
    _save_once(customer)
    _replace_owners(customer, data.owners)
    _record_registration(customer, data, changed, by=by, stream=stream)
    customer_changed.send(Customer, customer_id=customer.pk)
    if changed:
        _start_workflows(customer, changed, by)
    return customer


def _start_workflows(customer: Customer, changed: list[str], by: Actor) -> None:
    inputs: dict[str, object] = {"customer_id": str(customer.pk), "kind": customer.party.kind, "changed": changed}
    start_for_event(
        event="customer_changed", subject_type="customer", subject_id=customer.pk, inputs=inputs,
        stream=f"customer:{customer.pk}", by=by,
    )  # fmt: skip


def _save_once(customer: Customer) -> None:
    try:
        with transaction.atomic():
            customer.save()
    except IntegrityError as error:
        raise Conflict("A customer of this external id is being registered by another request.") from error


def _write_party(party: Party, data: NewParty) -> Party:
    facts = {name: value for name, value in vars(data).items() if name not in _PARTY_LISTS}
    for name, value in facts.items():
        setattr(party, name, list(value) if isinstance(value, tuple) else value)
    party.save()
    party.addresses.all().delete()
    party.identifiers.all().delete()
    PartyAddress.objects.bulk_create([PartyAddress(party=party, **asdict(item)) for item in data.addresses])
    PartyIdentifier.objects.bulk_create([PartyIdentifier(party=party, **asdict(item)) for item in data.identifiers])
    party.link_keys.all().delete()
    keys = sorted(link_keys(data.name, data.birth_date, data.phone, data.email, data.addresses, data.identifiers))
    PartyLinkKey.objects.bulk_create([PartyLinkKey(party=party, kind=kind, key=key) for kind, key in keys])
    return party


def _changed_facts(customer: Customer, data: NewCustomer) -> list[str]:
    """Names of the facts that differ from what is known; names only, the values are personal."""
    changed = [name for name in _OWN_FACTS if getattr(customer, name) != getattr(data, name)]
    for name, value in vars(data.party).items():
        told = list(value) if isinstance(value, tuple) else value
        if name not in _PARTY_LISTS and getattr(customer.party, name) != told:
            changed.append(f"party.{name}")
    told = {name: {tuple(vars(item).items()) for item in getattr(data.party, name)} for name in _PARTY_LISTS}
    changed += [f"party.{name}" for name in _PARTY_LISTS if _rows_of(customer.party, name) != told[name]]
    return changed + ([] if _owners_of(customer) == {_owner_key(owner) for owner in data.owners} else ["owners"])


def _rows_of(party: Party, name: str) -> set[tuple[tuple[str, object], ...]]:
    """A party's addresses or identifiers as the shapes of new ones."""
    shape = {"addresses": NewAddress, "identifiers": NewIdentifier}[name]
    columns = [column.name for column in fields(shape)]
    return {tuple((column, getattr(row, column)) for column in columns) for row in getattr(party, name).all()}


def _owners_of(customer: Customer) -> set[tuple[object, ...]]:
    rows = customer.owners.values_list("party__name", "party__birth_date", "share_percent", "control")
    return set(rows)


def _owner_key(owner: NewOwner) -> tuple[object, ...]:
    return (owner.party.name, owner.party.birth_date, owner.share_percent, owner.control)


def _replace_owners(customer: Customer, owners: tuple[NewOwner, ...]) -> None:
    """An owner of the same name keeps its party, so that its screening history stays; namesakes stay two parties."""
    known = list(customer.owners.select_related("party").order_by("created_at"))
    for owner in owners:
        namesakes = [former for former in known if former.party.name == owner.party.name]
        former = min(namesakes, key=lambda row: row.party.birth_date != owner.party.birth_date, default=None)
        row = former or BeneficialOwner(customer=customer)
        row.party = _write_party(former.party if former else Party(), owner.party)
        row.share_percent, row.control = owner.share_percent, owner.control
        row.save()
        if former:
            known.remove(former)
    gone = [FormerOwner(customer=customer, party_id=former.party_id) for former in known]
    FormerOwner.objects.bulk_create(gone, ignore_conflicts=True)  # their facts stay until the customer is erased
    customer.owners.filter(pk__in=[former.pk for former in known]).delete()


def _record_registration(
    customer: Customer, data: NewCustomer, changed: list[str] | None, *, by: Actor, stream: str
) -> None:
    action = actions.REGISTERED if changed is None else actions.CHANGED
    after: dict[str, object] = {"owners": len(data.owners), "kind": data.party.kind}
    if changed is not None:
        after["changed"] = ", ".join(changed) or "nothing"
    personal: dict[str, object] = {
        "name": data.party.name, "birth_date": data.party.birth_date, "external_id": data.external_id,
    }  # fmt: skip
    personal |= {"owners": [owner.party.name for owner in data.owners]}
    record(
        action, by=by, object_type="customer", object_id=customer.pk, stream=stream, after=after, personal=personal,
        subject_id=customer.pk,
    )  # fmt: skip


@transaction.atomic
def set_customer_status(*, customer: Customer, status: CustomerStatus, by: Actor, stream: str = "") -> None:
    """Where the relationship stands from now on, and whether it has ended now.

    Side effects: the customer with history, an audit entry.
    """
    before = customer.status
    customer.claim_version()
    customer.status = status
    if status not in ENDED:
        customer.relationship_ended_at = None
    elif before != status or customer.relationship_ended_at is None:
        customer.relationship_ended_at = now()
    # Only what it sets: the instance may be older than the customer's newest rating.
    customer.save(update_fields=["status", "relationship_ended_at", "updated_at"])
    record(
        actions.STATUS_SET, by=by, object_type="customer", object_id=customer.pk, stream=stream,
        before={"status": before}, after={"status": status},
    )  # fmt: skip
