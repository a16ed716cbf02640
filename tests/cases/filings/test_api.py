"""Reports over REST: drafted, reviewed, approved, taken out, filed and answered by those who may; none for others."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import User
from cases.filings.models import Filing
from cases.models import Case
from core.clock import today
from notifications.models import Notification, Outbox
from notifications.services import watch_filings
from tests.factories.accounts import make_api_key, make_person
from tests.factories.cases import make_case
from tests.factories.filings import make_data, make_filing, make_filing_profile
from tests.factories.monitoring import make_alert

pytestmark = pytest.mark.django_db
API = "/api/v1"


def _as(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


@pytest.fixture
def mlro() -> User:
    return make_person(Role.MLRO)


@pytest.fixture
def case() -> Case:
    return make_case()


def _do(person: User, filing: dict[str, Any], verb: str, data: dict[str, Any] | None = None) -> Any:
    answer: Any = _as(person).post(f"{API}/filings/{filing['id']}/{verb}", data or {}, format="json")
    return answer


def test_a_report_goes_its_way_over_rest(case: Case, mlro: User) -> None:
    make_filing_profile()
    author, reviewer = _as(make_person(Role.REVIEWER)), make_person(Role.REVIEWER)
    made: Any = author.post(f"{API}/cases/{case.pk}/filings", {"profile": "fincen"}, format="json")
    assert (made.status_code, made.data["state"], "edit" in made.data["verbs"]) == (201, "draft", True)
    filing, data = made.data, make_data().model_dump(mode="json")
    for section in ("activity", "narrative"):
        body = {"section": section, "value": data[section]}
        filing = author.put(f"{API}/filings/{filing['id']}/section", body, format="json").json()
    stale = {"section": "activity", "value": data["activity"], "version": 1}
    assert author.put(f"{API}/filings/{filing['id']}/section", stale, format="json").status_code == 409
    assert (filing["faults"], filing["clocks"]["due_on"]) == ([], filing["due_on"])
    assert _do(reviewer, filing, "approve").status_code == 403
    assert _do(reviewer, filing, "review", {"version": filing["version"]}).data["state"] == "reviewed"
    assert _do(mlro, filing, "approve").data["state"] == "approved"
    xml: Any = _as(mlro).post(f"{API}/filings/{filing['id']}/xml", HTTP_ACCEPT="application/xml")
    assert (xml.content[:5], xml["Cache-Control"]) == (b"<?xml", "no-store")
    assert _do(mlro, filing, "file", {"filed_on": str(today())}).data["state"] == "filed"
    answered = _do(reviewer, filing, "answer", {"number": "31000123456789"}).data
    assert (answered["state"], answered["receiver_number"]) == ("acknowledged", "31000123456789")
    follow = _do(reviewer, filing, "follow", {"kind": "continuing"})
    assert (follow.status_code, follow.data["kind"]) == (201, "continuing")
    assert [row["id"] for row in author.get(f"{API}/filings?state=acknowledged").data["results"]] == [filing["id"]]


def test_the_transactions_of_a_report_are_chosen_over_rest(case: Case) -> None:
    make_alert(case.customer)
    filing = make_filing(case)
    address, author = f"{API}/filings/{filing.pk}/transactions", _as(make_person(Role.REVIEWER))
    offered = [row["number"] for row in author.get(address).json() if row["is_reported"]]
    assert offered
    chosen: Any = author.put(address, {"numbers": offered[1:], "version": filing.version}, format="json")
    assert [row["number"] for row in chosen.json()["data"]["transactions"]] == offered[1:]
    left_out = [row["number"] for row in author.get(address).json() if not row["is_reported"]]
    assert left_out == offered[:1]
    stale: Any = author.put(address, {"numbers": offered, "version": filing.version}, format="json")
    foreign: Any = author.put(address, {"numbers": [offered[0], "of nobody"]}, format="json")
    assert (stale.status_code, foreign.status_code) == (409, 422)
    assert [fault["pointer"] for fault in foreign.json()["errors"]] == ["/numbers/1"]


def test_an_incomplete_draft_is_not_reviewed_and_says_why(case: Case) -> None:
    filing = make_filing(case, narrative={"text": "short"})
    answer = _do(make_person(Role.REVIEWER), {"id": filing.pk}, "review")
    assert (answer.status_code, answer.data["errors"][0]["pointer"]) == (422, "/narrative/text")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, None])
def test_whoever_may_not_know_is_told_the_same_whether_there_is_a_report_or_not(case: Case, role: Role | None) -> None:
    filing = make_filing(case)
    client = _as(make_person(role)) if role else APIClient()
    if not role:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {make_api_key()[1]}")
    told = set()
    for pk in (filing.pk, case.pk):
        for verb in ("", "/review", "/xml", "/answer", "/file"):
            answer: Any = (client.post if verb else client.get)(f"{API}/filings/{pk}{verb}")
            told.add((answer.status_code, str(answer.json()["title"])))
    assert len(told) == 1, told
    assert client.get(f"{API}/filings").status_code == client.post(f"{API}/cases/{case.pk}/filings").status_code == 403


def _due_in(filing: Filing, days: int) -> None:
    Filing.objects.filter(pk=filing.pk).update(due_on=today() + timedelta(days))


def test_clocks_are_told_once_a_stage_inside_the_product_and_to_those_who_may_know(
    case: Case, mlro: User, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    filing, analyst = make_filing(case), make_person(Role.ANALYST)
    told = []
    for days in (20, 14, 9, 3, -1, -31):
        _due_in(filing, days)
        watch_filings()
        watch_filings()
        told.append(Notification.objects.filter(event="clock.due").count())
    assert told == [0, 2, 4, 6, 8, 8]
    heard = set(Notification.objects.filter(event="clock.due").values_list("person", flat=True))
    assert heard == {mlro.pk, filing.author_id}
    assert analyst.pk not in heard
    assert not Outbox.objects.exclude(channel="live").exists()
    assert _count(mlro) == _count(filing.author) == "1"


def _count(person: User) -> str:
    client = APIClient()
    client.force_login(person)
    return client.get("/filings/badge/", HTTP_HX_REQUEST="true").content.decode().partition('ms-1">')[2][:1]
