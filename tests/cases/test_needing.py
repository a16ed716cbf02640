"""Putting many customers before people at once: what becomes of each is what would become of it alone."""

from datetime import timedelta

import pytest
from django.db import transaction

from audit.models import AuditEntry
from cases.enums import CaseStatus
from cases.models import Case
from cases.search.models import SearchDocument
from cases.services import Need, ensure_case_configuration, need_people, need_person
from core.clock import now
from customers.models import BeneficialOwner
from tests.factories.cases import make_case
from tests.factories.customers import make_customer, make_owner
from workflows.enums import RunState
from workflows.models import Run

pytestmark = pytest.mark.django_db


def _need(customer, source: int, **more) -> Need:
    told = {"code": "alert", "source_type": "alert", "source_id": source, "weight": 60, "sentence": f"Alert {source}"}
    return Need(customer_id=customer.pk, **(told | more))


def _snoozed():
    case = make_case()
    Run.objects.update(state=RunState.DONE)
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.SNOOZED, snoozed_until=now() + timedelta(days=9))
    return case.customer


def _world() -> list[Need]:
    """Two without a case, one of them needed twice; one whose case sleeps, one whose run is under way, and told twice."""
    plain, twice, asleep, running = make_customer(), make_customer(), _snoozed(), make_case().customer
    return [
        _need(plain, 1, weight=90), _need(twice, 2, topic="alert"), _need(twice, 3, weight=200),
        _need(asleep, 4), _need(running, 5), _need(running, 6, waits_for_run=False), _need(plain, 1, weight=90),
    ]  # fmt: skip


def _outcome(customer_id) -> dict[str, object]:
    case = Case.objects.select_related("queue").get(customer=customer_id)
    actions = AuditEntry.objects.filter(stream=f"case:{case.number}").order_by("stream_seq")
    return {
        "case": (case.kind, case.status, case.queue.name, case.needs_person_since is not None, case.snoozed_until),
        "score": (case.priority, case.base_points, case.allowed_minutes, case.amount_flagged, case.linked_cases),
        "reasons": [(row.code, row.sentence, row.weight, row.topic) for row in case.reasons.order_by("source_id")],
        "record": [entry.action for entry in actions if entry.action.startswith("cases.case_")],
        "found": SearchDocument.objects.filter(case=case, kind="case").count(),
        "history": {row.status for row in case.history.all()},
    }  # fmt: skip


def _outcomes(*, together: bool) -> list[dict[str, object]]:
    """Of a world of its own, which is taken back."""
    with transaction.atomic():
        needs = _world()
        Run.objects.filter(subject_id__in=Case.objects.filter(customer=needs[4].customer_id).values("pk")).update(
            state=RunState.RUNNING
        )
        for some in [needs] if together else [[need] for need in needs]:
            need_people(needs=some)
        told = [_outcome(need.customer_id) for need in needs]
        transaction.set_rollback(True)
    return told


def test_many_at_once_become_what_each_becomes_alone():
    ensure_case_configuration()
    assert _outcomes(together=True) == _outcomes(together=False)


def test_statements_do_not_grow_with_the_customers(django_assert_max_num_queries):
    ensure_case_configuration()
    needs = [_need(make_customer(), number) for number in range(20)]
    with django_assert_max_num_queries(50):
        need_people(needs=needs)
    assert Case.objects.filter(needs_person_since__isnull=False).count() == len(needs)


def test_customers_with_one_owner_count_each_other():
    ensure_case_configuration()
    pair = [make_customer(), make_customer()]
    owner = make_owner(pair[0])
    BeneficialOwner.objects.create(customer=pair[1], party=owner.party, share_percent=60)
    need_people(needs=[_need(customer, number) for number, customer in enumerate(pair)])
    assert sorted(Case.objects.values_list("linked_cases", flat=True)) == [0, 1]
