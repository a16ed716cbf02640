"""Writing customers: registering again, owners, status, rating, policy, and what the record holds."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audit.models import AuditEntry
from audit.sealing import unseal
from core.actor import system_actor
from core.exceptions import Conflict
from customers import services
from customers.enums import CustomerStatus, PartyKind
from customers.exceptions import RatingPolicyInvalid
from customers.models import Customer, Party, RatingPolicy
from customers.risk.evidence import RiskEvidence
from customers.selectors import current_rating, parties_of_customer
from customers.services import registration
from customers.shapes import NewAddress, NewCustomer, NewOwner, NewParty
from tests.factories.accounts import make_api_client
from tests.factories.customers import make_customer, make_organisation, make_owner

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
JANE = NewParty(
    kind=PartyKind.PERSON, name="Jane Citizen", birth_date=date(1984, 6, 7), nationalities=("AU",),
    addresses=(NewAddress("AU", city="Perth"),),
)  # fmt: skip
DATA = NewCustomer("A-1", JANE, product="savings")


def _person(name: str, born: int) -> NewParty:
    return NewParty(kind=PartyKind.PERSON, name=name, birth_date=date(born, 1, 1))


def _last_body() -> str:
    return bytes(AuditEntry.objects.latest("id").body).decode()


def test_customer_registered_twice_by_one_client_is_one_with_the_new_facts() -> None:
    by = make_api_client().actor
    first = services.register_customer(data=DATA, by=by)
    again = services.register_customer(data=replace(DATA, product="crypto"), by=by)
    assert (again.pk, Customer.objects.get().product) == (first.pk, "crypto")
    assert list(first.history.values_list("product", flat=True)) == ["crypto", "savings"]


def test_same_external_id_of_two_clients_is_two_customers() -> None:
    for _ in range(2):
        services.register_customer(data=DATA, by=make_api_client().actor)
    assert Customer.objects.count() == 2


def test_registering_again_replaces_the_addresses() -> None:
    by = make_api_client().actor
    services.register_customer(data=DATA, by=by)
    moved = replace(JANE, addresses=(NewAddress("PT", city="Porto"),))
    customer = services.register_customer(data=replace(DATA, party=moved), by=by)
    assert [address.city for address in customer.party.addresses.all()] == ["Porto"]


def test_registering_again_names_what_changed_without_the_values() -> None:
    by = make_api_client().actor
    services.register_customer(data=DATA, by=by)
    party = replace(JANE, name="Jane Married", addresses=())
    services.register_customer(data=replace(DATA, party=party, owners=(NewOwner(_person("Bo", 1970)),)), by=by)
    assert '"changed":"party.name, party.addresses, owners"' in _last_body()


def test_registering_the_same_again_says_nothing_changed() -> None:
    by, owner = make_api_client().actor, NewOwner(_person("Bo", 1970), Decimal("60.00"))
    for _ in range(2):
        services.register_customer(data=replace(DATA, owners=(owner,)), by=by)
    assert '"changed":"nothing"' in _last_body()


def test_registration_keeps_personal_data_only_encrypted_in_the_record() -> None:
    customer = services.register_customer(data=DATA, by=make_api_client().actor)
    entry = AuditEntry.objects.get(action="customers.customer_registered")
    body = bytes(entry.body).decode()
    assert not any(secret in body for secret in ("Jane Citizen", "1984-06-07", "A-1", "Perth"))
    assert (unseal(customer.pk, json.loads(bytes(entry.body))["personal"]) or {})["name"] == "Jane Citizen"


def test_namesakes_among_the_owners_stay_two_parties_when_registered_again() -> None:
    by = make_api_client().actor
    owners = (NewOwner(_person("Bo Li", 1950), Decimal(60)), NewOwner(_person("Bo Li", 1980), Decimal(40)))
    before = services.register_customer(data=replace(DATA, owners=owners), by=by)
    kept = dict(before.owners.values_list("party__birth_date", "party_id"))
    after = services.register_customer(data=replace(DATA, owners=owners[::-1]), by=by)
    assert dict(after.owners.values_list("party__birth_date", "party_id")) == kept
    shares = after.owners.values_list("party__birth_date", "share_percent")
    assert {born.year: share for born, share in shares} == {1950: 60, 1980: 40}


def test_owner_who_left_is_no_party_of_the_customer_any_more() -> None:
    by = make_api_client().actor
    services.register_customer(data=replace(DATA, owners=(NewOwner(_person("Bo", 1970)),)), by=by)
    customer = services.register_customer(data=DATA, by=by)
    assert [party.name for party in parties_of_customer(customer)] == ["Jane Citizen"]
    assert Party.objects.filter(name="Bo").exists()


def test_second_registration_at_the_same_moment_is_a_conflict() -> None:
    client = make_api_client()
    make_customer(client=client)
    twin = Customer.objects.get()
    rival = Customer(
        party=Party.objects.create(name="Other"), external_id=twin.external_id, registered_by_client=client
    )
    with pytest.raises(Conflict):
        registration._save_once(rival)


def test_change_of_an_outdated_customer_is_a_conflict() -> None:
    customer = make_customer()
    outdated = Customer.objects.get(pk=customer.pk)
    services.set_customer_status(customer=customer, status=CustomerStatus.ACTIVE, by=SYSTEM)
    with pytest.raises(Conflict):
        services.set_customer_status(customer=outdated, status=CustomerStatus.EXITED, by=SYSTEM)


def test_status_is_recorded_with_before_and_after_in_the_given_stream() -> None:
    services.set_customer_status(customer=make_customer(), status=CustomerStatus.ACTIVE, by=SYSTEM, stream="case:C-1")
    entry = AuditEntry.objects.get(action="customers.status_set")
    assert entry.stream == "case:C-1"
    body = json.loads(bytes(entry.body))
    assert (body["before"], body["after"]) == ({"status": "onboarding"}, {"status": "active"})


def test_rating_keeps_each_factor_and_sums_to_its_score() -> None:
    customer = make_organisation()
    make_owner(customer, share="80", nationalities=["SY"])
    services.rate_customer(customer=customer, evidence=RiskEvidence(), by=SYSTEM)
    rating = current_rating(customer)
    assert rating is not None
    assert sum(factor.contribution for factor in rating.factors.all()) == rating.score
    assert "Syria is under increased monitoring" in rating.factors.get(code="geography").reason


def test_newest_rating_is_the_current_one_and_the_former_stays() -> None:
    customer = make_customer()
    services.rate_customer(customer=customer, evidence=RiskEvidence(), by=SYSTEM)
    services.rate_customer(customer=customer, evidence=RiskEvidence(sanction_confirmed=True), by=SYSTEM)
    rating = current_rating(customer)
    assert rating is not None
    assert (rating.level, rating.due_diligence, customer.ratings.count()) == ("high", "edd", 2)


def test_default_policy_is_published_once() -> None:
    assert services.ensure_rating_policy().pk == services.ensure_rating_policy().pk
    assert RatingPolicy.objects.count() == 1


def test_published_policy_rates_from_then_on() -> None:
    factors = {"weights": {"product": "1"}, "medium_from": "5", "high_from": "10"}
    services.publish_rating_policy(factors=factors, by=SYSTEM)
    rating = services.rate_customer(customer=make_customer(), evidence=RiskEvidence(), by=SYSTEM)
    assert (rating.level, rating.score, rating.policy.number) == ("high", 10, 1)


def test_broken_policy_is_not_published() -> None:
    with pytest.raises(RatingPolicyInvalid) as refusal:
        services.publish_rating_policy(factors={"weights": {"mood": "1"}}, by=SYSTEM)
    assert "/weights/mood" in [fault.pointer for fault in refusal.value.faults]
    assert not RatingPolicy.objects.exists()
