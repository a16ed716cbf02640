"""The queue page: views, filters, saved views, a peek, what is done to several cases, presence."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEntry
from cases.models import BulkAction, Case, CaseReason, Queue, SavedView
from cases.services import add_tag, assign_case, claim_case, need_person
from core.clock import now
from screening.models import Watchlist
from screening.services import screen_customer
from tests.factories.accounts import make_person
from tests.factories.cases import make_case, make_list
from tests.factories.monitoring import SYSTEM, make_alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client: Client) -> User:
    person = make_person(Role.REVIEWER)
    client.force_login(person)
    return person


def _queued(**party: Any) -> Case:
    case = make_case(**party)
    need_person(case=case, code="test", sentence="An open question", source_type="t", source_id=1)
    return case


def _shown(client: Client, query: str) -> str:
    return client.get(f"/cases/?{query}").content.decode()


@pytest.mark.parametrize(
    ("query", "change"),
    [
        ("rating=high", {"rating": "high"}), ("country=ir", {"country": "IR"}), ("amount_from=500", {"amount_flagged": 900}),
        ("status=escalated", {"status": "escalated"}), ("view=breached", {"due_at": now() - timedelta(hours=1)}),
        ("older_than=3", {"created_at": now() - timedelta(days=5)}), ("rating=unrated&amount_to=5", {"rating": ""}),
    ],
)  # fmt: skip
def test_a_filter_shows_what_fits_and_nothing_else(
    client: Client, reviewer: User, query: str, change: dict[str, object]
) -> None:
    one, other = _queued(name="A"), _queued(name="B")
    Case.objects.update(rating="low", amount_flagged=10, due_at=now() + timedelta(days=9))
    Case.objects.filter(pk=one.pk).update(**({"amount_flagged": 0} | change))
    page = _shown(client, query)
    assert one.number in page
    assert other.number not in page


def test_filters_by_tag_and_assignee(client: Client, reviewer: User) -> None:
    one, other = _queued(name="A"), _queued(name="B")
    add_tag(case_id=one.pk, name="shell", by=reviewer.actor)
    assign_case(case_id=one.pk, assignee=reviewer, by=reviewer.actor)
    for query in ("tag=shell", "assignee=me", f"assignee={reviewer.pk}"):
        page = _shown(client, query)
        assert one.number in page
        assert other.number not in page
    assert one.number not in _shown(client, "assignee=nobody")


def test_filters_by_the_scenario_and_the_list_that_opened_the_case(
    client: Client, reviewer: User, tmp_path: Path
) -> None:
    make_list(tmp_path, "Jane Citizen")
    screen_customer(customer=_queued(name="Jane Citizen").customer, by=SYSTEM)
    alert = make_alert(_queued(name="Adam Other").customer)
    opened = {row.source_type: row.case.number for row in CaseReason.objects.select_related("case")}
    assert opened["hit"] != opened["alert"]
    for source, query in (
        ("alert", f"scenario={alert.scenario_id}"),
        ("hit", f"watchlist={Watchlist.objects.get().pk}"),
    ):
        page = _shown(client, query)
        assert {number for number in opened.values() if number in page} == {opened[source]}


@pytest.mark.parametrize("query", ["amount_from=lots", "older_than=-1", "queue=x", "sort=x", "amount_to=nan", "page=x"])
def test_a_filter_nobody_understands_breaks_nothing(client: Client, reviewer: User, query: str) -> None:
    _queued()
    assert client.get(f"/cases/?{query}").status_code == 200


def test_rows_and_rail_take_the_same_queries_for_one_and_many(client: Client, reviewer: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            client.get("/cases/", headers={"HX-Request": "true"})
        return len(made)

    add_tag(case_id=_queued().pk, name="x", by=reviewer.actor)
    few = queries()
    for name in "BCD":
        add_tag(case_id=_queued(name=name).pk, name=name, by=reviewer.actor)
    assert queries() == few


def test_a_row_explains_its_priority_and_its_peek_too(client: Client, reviewer: User) -> None:
    case = _queued()
    assert "risk 0.50 × 45" in _shown(client, "view=open")
    peek = client.get(f"/cases/{case.pk}/peek/", headers={"HX-Request": "true"}).content.decode()
    assert "An open question" in peek
    assert AuditEntry.objects.filter(action="cases.case_peeked").exists()


def test_a_saved_view_is_ones_own_unless_it_is_shared(client: Client, reviewer: User) -> None:
    case = _queued()
    client.post("/cases/views/?rating=unrated&view=open&q=secret", {"title": "Odd ones"})
    row = SavedView.objects.get()
    assert row.query == {"view": "open", "rating": "unrated"}
    assert case.number not in _shown(client, f"saved={row.pk}&rating=high")
    client.force_login(make_person())
    assert client.get(f"/cases/?saved={row.pk}").status_code == 404
    SavedView.objects.update(is_shared=True)
    assert "Odd ones" in _shown(client, f"saved={row.pk}")
    assert client.post(f"/cases/views/{row.pk}/delete/").status_code == 403
    client.force_login(reviewer)
    client.post(f"/cases/views/{row.pk}/delete/")
    assert not SavedView.objects.exists()


def test_bulk_without_a_script_shows_a_page_of_results_and_an_undo(client: Client, reviewer: User) -> None:
    one, other = _queued(name="A"), _queued(name="B")
    told = {"verb": "tag", "tag": "check", "case": [one.pk, other.pk], "back": "/cases/?view=mine"}
    page = client.post("/cases/bulk/", told).content.decode()
    assert "2 of 2 done" in page
    assert "/cases/?view=mine" in page
    client.post(f"/cases/bulk/{BulkAction.objects.get().pk}/undo/")
    assert not one.taggings.exists()


@pytest.mark.parametrize("told", [{"verb": "tag"}, {"verb": "nonsense"}, {"verb": "snooze", "until": "soon"}])
def test_bulk_that_cannot_be_done_says_why(client: Client, reviewer: User, told: dict[str, str]) -> None:
    answer = client.post("/cases/bulk/", told | {"case": [_queued().pk]})
    assert answer.status_code == 422


def test_bulk_on_a_case_that_is_not_there_does_nothing(client: Client, reviewer: User) -> None:
    told = {"verb": "assign-me", "case": ["01900000-0000-7000-8000-000000000000", "nonsense"]}
    assert "0 of " in client.post("/cases/bulk/", told).content.decode()


def test_an_auditor_sees_no_bulk_and_may_not_do_it(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    case = _queued()
    assert "bulk-bar" not in _shown(client, "view=open")
    assert client.post("/cases/bulk/", {"verb": "tag", "tag": "x", "case": [case.pk]}).status_code == 403


def test_next_in_a_queue_gives_a_case_of_it(client: Client, reviewer: User) -> None:
    _queued()
    other = Queue.objects.get(name="Monitoring")
    assert client.post("/cases/next/", {"queue": other.pk})["Location"] == "/cases/"


def test_presence_renews_the_lease_and_names_the_others(client: Client, reviewer: User) -> None:
    case, other = _queued(), make_person()
    claim_case(case_id=case.pk, by=reviewer.actor)
    Case.objects.update(lease_until=now() + timedelta(minutes=1))
    client.post(f"/cases/{case.pk}/presence/")
    second = Client()
    second.force_login(other)
    assert f"{reviewer.actor.name} is viewing" in " ".join(
        second.post(f"/cases/{case.pk}/presence/").content.decode().split()
    )
    case.refresh_from_db()
    assert case.lease_until is not None
    assert case.lease_until > now() + timedelta(minutes=20)


def test_somebody_away_is_told_so(client: Client, reviewer: User) -> None:
    client.post("/cases/absence/", {"absent": "yes"})
    assert "I am back" in _shown(client, "view=open")
    client.post("/cases/absence/", {"absent": "no"})
    assert "I am away" in _shown(client, "view=open")
