"""The input shape of a customer: what it takes, what it refuses and where it points."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.api.errors import faults_from
from core.clock import today
from customers.enums import PartyKind
from customers.serializers import CustomerInput

PERSON: dict[str, Any] = {"external_id": "A-1", "kind": "person", "name": "Jane Citizen"}
COMPANY: dict[str, Any] = {"external_id": "A-2", "kind": "organisation", "name": "1822 AG"}


def pointers(data: dict[str, Any]) -> list[str]:
    serializer = CustomerInput(data=data)
    assert not serializer.is_valid()
    return [fault.pointer for fault in faults_from(serializer.errors)]


def accepted(data: dict[str, Any]) -> Any:
    serializer = CustomerInput(data=data)
    serializer.is_valid(raise_exception=True)
    return serializer.to_new_customer()


def test_smallest_person_is_accepted() -> None:
    assert accepted(PERSON).party.name == "Jane Citizen"


def test_name_is_made_from_its_parts() -> None:
    data = {"external_id": "A-1", "kind": "person", "given_names": "Łukasz", "surname": "Żółkiewski"}
    assert accepted(data).party.name == "Łukasz Żółkiewski"


def test_owner_arrives_as_a_party_with_its_share() -> None:
    owner = {"kind": "person", "name": "محمود", "share_percent": "60", "control": "votes"}
    (told,) = accepted(COMPANY | {"owners": [owner]}).owners
    assert (told.party.name, told.share_percent, told.control) == ("محمود", Decimal(60), "votes")


def test_countries_are_upper_cased() -> None:
    assert accepted(PERSON | {"nationalities": ["de", "xk"]}).party.nationalities == ("DE", "XK")


def test_company_founded_before_1900_is_accepted() -> None:
    party = accepted(COMPANY | {"incorporated_on": "1288-06-16"}).party
    assert (party.kind, party.incorporated_on) == (PartyKind.ORGANISATION, date(1288, 6, 16))


@pytest.mark.parametrize(("change", "pointer"), [
    ({"name": ""}, "/name"), ({"name": " -- "}, "/name"), ({"name": "x" * 301}, "/name"), ({"kind": "robot"}, "/kind"),
    ({"kind": None}, "/kind"), ({"external_id": ""}, "/external_id"),
    ({"birth_date": "1899-12-31"}, "/birth_date"), ({"birth_date": "31.12.1980"}, "/birth_date"),
    ({"incorporated_on": "2000-01-01"}, "/incorporated_on"),
    ({"nationalities": ["DE", "ZZ"]}, "/nationalities/1"), ({"country": "Germany"}, "/country"),
    ({"addresses": [{"country": "DE"}, {"city": "Bonn"}]}, "/addresses/1/country"),
    ({"identifiers": [{"kind": "passport"}]}, "/identifiers/0/value"),
    ({"addresses": {"country": "DE"}}, "/addresses"), ({"birthdate": "1980-01-01"}, "/birthdate"),
    ({"addresses": [{"country": "DE", "zip": "1"}]}, "/addresses/0/zip"), ({"email": "jane"}, "/email"),
    ({"expected_monthly_volume": "NaN"}, "/expected_monthly_volume"), ({"name": "Jane\x00"}, "/name"),
])  # fmt: skip
def test_fault_of_a_person_is_pointed_at(change: dict[str, Any], pointer: str) -> None:
    assert pointers(PERSON | change) == [pointer]


def test_person_born_tomorrow_is_refused() -> None:
    tomorrow = today() + timedelta(
        days=1
    )  # asked here and not when the tests are collected: a suite runs past midnight
    assert pointers(PERSON | {"birth_date": tomorrow.isoformat()}) == ["/birth_date"]


@pytest.mark.parametrize(("owners", "pointer"), [
    ([{"kind": "person", "name": "A", "share_percent": "60"}, {"kind": "person", "name": "B", "share_percent": "40.01"}],
     "/owners"),
    ([{"kind": "person", "name": "A", "share_percent": "0"}], "/owners/0/share_percent"),
    ([{"kind": "person", "name": "A"}, {"kind": "person"}], "/owners/1/name"),
    ([{"kind": "person", "name": "A", "birth_date": "2999-01-01"}], "/owners/0/birth_date"),
    ([{"kind": "person", "name": "A"}] * 201, "/owners"),
])  # fmt: skip
def test_fault_of_an_owner_is_pointed_at(owners: list[dict[str, Any]], pointer: str) -> None:
    assert pointers(COMPANY | {"owners": owners}) == [pointer]


def test_parts_longer_together_than_a_name_are_refused() -> None:
    data = {"external_id": "A-1", "kind": "person", "given_names": "a" * 160, "surname": "b" * 160}
    assert pointers(data) == ["/surname"]


def test_organisation_with_a_birth_date_is_refused() -> None:
    assert pointers(COMPANY | {"birth_date": "1980-01-01"}) == ["/birth_date"]


def test_customer_without_any_name_is_told_what_instead() -> None:
    serializer = CustomerInput(data={"external_id": "A-1", "kind": "person"})
    assert not serializer.is_valid()
    assert "given_names" in str(serializer.errors["name"][0])
