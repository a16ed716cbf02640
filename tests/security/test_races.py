"""The same thing done twice at the same moment: real threads, on PostgreSQL with real row locks, on SQLite by one writer."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from accounts.enums import Role
from cases.enums import DecisionKind
from cases.models import Case, Decision, Submission
from cases.services import (
    Need,
    approve_decision,
    claim_case,
    ensure_case_configuration,
    need_people,
    need_person,
    propose_decision,
)
from core.exceptions import ProbityError
from customers.models import Customer
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.models import Alert, AlertDecision, Finding
from monitoring.services import assess_customer, dispose_alert, keep_assessment
from screening.enums import HitDisposition, HitReason
from screening.models import Hit, HitDecision
from screening.services import dispose_hit, screen_customer
from tests.factories.accounts import make_api_key, make_person
from tests.factories.cases import make_case, make_list
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, make_alert, make_scenario, make_transaction
from workflows.services import ensure_shipped_workflows

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
WHY = "The evidence was examined in full."


def _at_once(work: Callable[[int], object]) -> list[object]:
    """What each thread got: an answer, or the name of the refusal. Any other error fails the test."""
    start = Barrier(THREADS)

    def one(number: int) -> object:
        try:
            start.wait(60)
            return work(number)
        except ProbityError as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def _winners(got: list[object]) -> int:
    return sum(not isinstance(answer, str) for answer in got)


def _waiting() -> Case:
    case = make_case()
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    return case


def test_one_case_claimed_by_eight_people_is_claimed_once() -> None:
    case, people = _waiting(), [make_person() for _ in range(THREADS)]
    assert _winners(_at_once(lambda number: claim_case(case_id=case.pk, by=people[number].actor))) == 1
    assert Case.objects.get().assignee in people


def test_one_decision_approved_by_eight_people_is_approved_once() -> None:
    case, proposer = _waiting(), make_person()
    claim_case(case_id=case.pk, by=proposer.actor)
    decision = propose_decision(
        case_id=case.pk, kind=DecisionKind.APPROVE, reason_code="identity_verified", rationale=WHY, by=proposer.actor
    )
    people = [make_person(Role.REVIEWER) for _ in range(THREADS)]
    assert _winners(_at_once(lambda number: approve_decision(decision_id=decision.pk, by=people[number].actor))) == 1
    assert Decision.objects.get().state == "approved"


def test_one_alert_judged_by_eight_people_is_judged_once() -> None:
    alert, people = make_alert(), [make_person() for _ in range(THREADS)]
    got = _at_once(
        lambda number: dispose_alert(
            alert_id=alert.pk, disposition=AlertDisposition.EXPLAINED, reason_code=AlertReason.USUAL_BUSINESS, rationale=WHY,
            by=people[number].actor,
        )
    )  # fmt: skip
    assert (_winners(got), AlertDecision.objects.count()) == (1, 1)


def test_one_hit_judged_by_eight_people_is_judged_once(tmp_path: Path) -> None:
    make_list(tmp_path, "Jane Citizen")
    screen_customer(customer=make_case().customer, by=SYSTEM)
    hit, people = Hit.objects.get(), [make_person() for _ in range(THREADS)]
    got = _at_once(
        lambda number: dispose_hit(
            hit_id=hit.pk,
            disposition=HitDisposition.FALSE_POSITIVE,
            reason_code=HitReason.OTHER_BIRTH_DATE,
            rationale=WHY,
            by=people[number].actor,
        )
    )
    assert (_winners(got), HitDecision.objects.count()) == (1, 1)


def _submit(clear: str, key: str) -> tuple[int, str]:
    party = {"kind": "person", "name": "Jane Citizen", "birth_date": "1984-06-07", "nationalities": ["AU"]}
    body = {"customer": {"external_id": "R-1", "product": "savings", "channel": "branch"} | party}
    headers = {"Authorization": f"Bearer {clear}", "Idempotency-Key": key}
    answer = Client().post("/api/v1/submissions", json.dumps(body), content_type="application/json", headers=headers)
    return answer.status_code, str(answer.json().get("id", ""))


@pytest.mark.parametrize("is_same", [True, False])
def test_eight_submissions_at_once_make_one_customer(is_same: bool) -> None:
    """With one Idempotency-Key all hear of the same submission; with a key each, some are asked to try again and none is lost."""
    ensure_shipped_workflows()
    ensure_case_configuration()
    _, clear = make_api_key()
    got = _at_once(lambda number: _submit(clear, "same" if is_same else f"key-{number}"))
    statuses = [answer[0] for answer in got if isinstance(answer, tuple)]
    taken = {answer for answer in got if isinstance(answer, tuple) and answer[0] == 202}
    assert set(statuses) <= ({202} if is_same else {202, 409})
    assert Submission.objects.count() == len(taken)
    assert (Customer.objects.count(), len(taken) == 1 or not is_same) == (1, True)


def test_eight_workers_who_assess_the_same_raise_one_alert_and_open_one_case_each() -> None:
    ensure_case_configuration()
    make_scenario()
    customers = [make_customer() for _ in range(3)]
    for customer in customers:
        make_transaction(customer, counterparty_country="KP")
    found = [assess_customer(customer_id=customer.pk) for customer in customers]

    def work(number: int) -> int:
        order = found if number % 2 else found[::-1]
        return sum(keep_assessment(assessment=item, by=SYSTEM) for item in order)

    kept = [answer for answer in _at_once(work) if isinstance(answer, int)]
    assert (len(kept), sum(kept)) == (THREADS, len(customers))
    assert Alert.objects.count() == Finding.objects.count() == Case.objects.count() == len(customers)


def test_needs_of_many_customers_in_any_order_open_one_case_each() -> None:
    ensure_case_configuration()
    customers = [make_customer() for _ in range(4)]

    def work(number: int) -> None:
        turned = customers[number % 4 :] + customers[: number % 4]
        need_people(needs=[
            Need(customer_id=customer.pk, code="t", sentence="s", source_type="t", source_id=number) for customer in turned
        ])  # fmt: skip

    assert _at_once(work) == [None] * THREADS
    assert Case.objects.count() == len(customers)
    assert {case.reasons.count() for case in Case.objects.all()} == {THREADS}
