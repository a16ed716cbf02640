"""The page on which a person decides a hit."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from screening.models import Hit
from screening.services import import_list, screen_customer
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
ROWS = """source_id,schema,name,birth_dates,countries
L-1,Person,Otto Fiktion,1970-01-01,AU
L-2,Person,Otto Fikttion,,
"""


@pytest.fixture
def analyst(client: Client) -> User:
    person = make_person(Role.ANALYST)
    client.force_login(person)
    return person


@pytest.fixture
def hits(analyst: User, tmp_path: Path) -> list[Hit]:
    """Two open hits of one customer, the first with another birth date."""
    path = tmp_path / "list.csv"
    path.write_text(ROWS)
    import_list(format="internal_csv", path=path, name="Test list", by=analyst.actor, approve_volume=True)
    customer = make_case(name="Otto Fiktion", birth_date=date(1975, 6, 7)).customer
    screen_customer(customer=customer, by=analyst.actor)
    return list(customer.hits.all())


def _decide(client: Client, hit: Hit, **typed: str) -> object:
    values = {"disposition": "false_positive", "reason_code": "other_birth_date", "rationale": "Born years apart."}
    return client.post(f"/screening/hits/{hit.pk}/disposition/", values | typed)


def test_page_says_what_the_evidence_would_be_without_a_conflict(client: Client, hits: list[Hit]) -> None:
    page = client.get(f"/screening/hits/{hits[0].pk}/").content.decode()
    told = re.search(
        r"Without the birth date conflict the evidence would be <strong>(\S+)</strong> instead of (\S+)\.", page
    )
    assert told is not None
    assert float(told[1]) > float(told[2])


def test_page_marks_the_letters_that_differ(client: Client, hits: list[Hit]) -> None:
    assert "<mark>" in client.get(f"/screening/hits/{hits[1].pk}/").content.decode()


def test_deciding_goes_on_to_the_next_open_hit_and_then_back(client: Client, hits: list[Hit]) -> None:
    first = _decide(client, hits[0], back="/cases/")
    assert first["Location"] == f"/screening/hits/{hits[1].pk}/?back=%2Fcases%2F"
    assert _decide(client, hits[1], back="/cases/")["Location"] == "/cases/"


def test_nobody_is_led_away_by_the_address_to_go_back_to(client: Client, hits: list[Hit]) -> None:
    Hit.objects.filter(pk=hits[1].pk).delete()
    answer = _decide(client, hits[0], back="//evil.example/")
    assert answer["Location"] == f"/screening/hits/{hits[0].pk}/"


def test_reason_of_another_disposition_is_refused_and_what_was_typed_kept(client: Client, hits: list[Hit]) -> None:
    answer = _decide(client, hits[0], disposition="true_match")
    assert answer.status_code == 422
    assert "This reason does not fit the disposition." in answer.content.decode()
    assert "Born years apart." in answer.content.decode()


def test_card_has_a_chip_for_each_verdict(client: Client, hits: list[Hit]) -> None:
    card = client.get(f"/screening/hits/{hits[0].pk}/card/", HTTP_HX_REQUEST="true").content.decode()
    assert 'Birth date ✗<span class="visually-hidden">conflicts</span>' in card
    assert "<html" not in card


def test_hit_page_makes_the_same_queries_for_one_and_two_open_hits(client: Client, hits: list[Hit]) -> None:
    client.get(f"/screening/hits/{hits[0].pk}/")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/screening/hits/{hits[0].pk}/")
    Hit.objects.filter(pk=hits[1].pk).delete()
    with CaptureQueriesContext(connection) as few:
        client.get(f"/screening/hits/{hits[0].pk}/")
    assert len(many) == len(few)


def test_false_positive_waits_on_the_hits_page_for_a_second_person(client: Client, hits: list[Hit]) -> None:
    _decide(client, hits[0])
    address = f"/screening/hits/{hits[0].pk}/"
    own = client.get(address).content.decode()
    assert "Waits for a second person" in own
    assert ">Agree<" not in own
    client.force_login(make_person(Role.REVIEWER))
    suppression = hits[0].suppressions.get()
    form = {"decision": "approve", "back": address}
    answer = client.post(f"/screening/suppressions/{suppression.pk}/decision/", form, follow=True)
    assert "agreed." in answer.content.decode()
