"""REST of the queue: filters, the next case, withdrawing."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from cases.enums import DecisionKind
from cases.models import Case
from cases.services import add_tag, claim_case, need_person, propose_decision
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client: Client) -> User:
    person = make_person(Role.REVIEWER)
    client.force_login(person)
    return person


def _queued(name: str) -> Case:
    case = make_case(name=name)
    need_person(case=case, code="test", sentence="An open question", source_type="t", source_id=1)
    return case


def test_the_list_is_narrowed_by_the_queues_filters(client: Client, reviewer: User) -> None:
    one = _queued("A")
    _queued("B")
    add_tag(case_id=one.pk, name="shell", by=reviewer.actor)
    found = client.get("/api/v1/cases?tag=shell&view=unassigned").json()["results"]
    assert [(row["number"], row["tags"], row["amount_flagged"]) for row in found] == [(one.number, ["shell"], "0.00")]


def test_next_claims_until_nothing_is_left(client: Client, reviewer: User) -> None:
    case = _queued("A")
    assert client.post("/api/v1/cases/next", content_type="application/json").json()["number"] == case.number
    assert client.post("/api/v1/cases/next", content_type="application/json").status_code == 204


def test_a_proposal_is_withdrawn_by_who_made_it(client: Client, reviewer: User) -> None:
    case = _queued("A")
    claim_case(case_id=case.pk, by=reviewer.actor)
    decision = propose_decision(
        case_id=case.pk,
        kind=DecisionKind.REJECT,
        reason_code="sanctioned",
        rationale="Listed, clearly.",
        by=reviewer.actor,
    )
    assert client.post(f"/api/v1/decisions/{decision.pk}/withdraw").json()["state"] == "withdrawn"
    assert client.post(f"/api/v1/decisions/{decision.pk}/withdraw").status_code == 409
