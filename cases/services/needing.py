"""Why cases need people: reasons on the customers' open cases, which are opened where there is none, and the queue.

Everything is done for many at once: a busy hour's alerts cost hardly more statements than one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from audit.services import Happening, record_many
from cases import actions
from cases.enums import CaseKind, CaseStatus
from cases.models import Case, CaseReason
from cases.services.opening import made_case, next_numbers, opening_of, queue_named, stream_of
from cases.services.scoring import score_cases
from cases.signals import case_changed, cases_opened
from core.actor import system_actor
from core.clock import now
from customers.models import Customer
from customers.selectors import customers_in_turn
from workflows.selectors import subjects_under_way

_MOST_TOLD = 5  # codes of reasons in an entry of the record


@dataclass(frozen=True, kw_only=True)
class Need:
    """Why a customer's case needs a person, once per source; see `CaseReason`.

    `waits_for_run`: while the case's own run is under way its last step puts it into the queue, with everything found.
    """

    customer_id: UUID
    code: str
    sentence: str
    source_type: str
    source_id: object
    weight: int = 0
    topic: str = ""
    waits_for_run: bool = True


@transaction.atomic
def need_people(*, needs: Sequence[Need]) -> None:
    """Puts customers before people: their open cases, or new ones of the monitoring queue, each with its reasons.

    One after the other for each customer: two at once never open two cases for one, nor wait for each other in a ring. Side
    effects, in order: new cases with `cases_opened`, reasons, cases put into the queue or scored anew there (`case_changed`),
    audit entries. A snoozed case wakes: new evidence counts more than the date.
    """
    if not needs:
        return
    customers = customers_in_turn({need.customer_id for need in needs})
    cases = _open_cases(customers)
    under_way = subjects_under_way("case", [case.pk for case in cases.values()])
    urgent = {need.customer_id for need in needs if not need.waits_for_run}
    due = [case for case in cases.values() if case.pk not in under_way or case.customer_id in urgent]
    fresh = _opened([customer for customer in customers if customer.pk not in cases], is_queued=True)
    cases |= {case.customer_id: case for case in fresh}
    _keep_reasons((cases[need.customer_id], need) for need in needs)
    _enqueue(due)
    _record_queued(fresh)


@transaction.atomic
def case_for_signal(customer: Customer) -> Case:
    """The customer's open case, or a new one of the monitoring queue: nothing a control finds is left without a case."""
    (locked,) = customers_in_turn([customer.pk])
    return _open_cases([locked]).get(customer.pk) or _opened([locked], is_queued=False)[0]


@transaction.atomic
def need_person(
    *,
    case: Case,
    code: str,
    sentence: str,
    source_type: str,
    source_id: object,
    weight: int = 0,
    topic: str = "",
    queue_now: bool = True,
) -> None:
    """Says why a case needs a person, once per source, and puts it into the queue (unless it is put there later).

    Side effects: as `need_people` on the case.
    """
    need = Need(
        customer_id=case.customer_id, code=code, sentence=sentence, source_type=source_type, source_id=source_id,
        weight=weight, topic=topic,
    )  # fmt: skip
    _keep_reasons([(case, need)])
    if queue_now:
        _enqueue(list(_locked_cases().filter(pk=case.pk)))


def _locked_cases() -> QuerySet[Case]:
    return Case.objects.select_for_update(of=("self",)).select_related("customer__party", "queue").order_by("pk")


def _open_cases(customers: Sequence[Customer]) -> dict[UUID, Case]:
    """The newest case of each customer that is not closed, locked: one that is closed meanwhile is none."""
    rows = _locked_cases().exclude(status=CaseStatus.CLOSED).filter(customer__in=customers)
    return {case.customer_id: case for case in rows}


def _opened(customers: Sequence[Customer], *, is_queued: bool) -> list[Case]:
    """Opens a case for each. Side effects: the cases with their history, `cases_opened`, audit entries."""
    if not customers:
        return []
    numbers, queue, moment = next_numbers(len(customers)), queue_named("Monitoring"), now()
    cases = [made_case(who, CaseKind.MONITORING, queue, number) for who, number in zip(customers, numbers, strict=True)]
    for case in cases:
        case.needs_person_since = moment if is_queued else None
    score_cases(cases)
    bulk_create_with_history(cases, Case)
    cases_opened.send(Case, case_ids=[case.pk for case in cases])
    record_many(by=system_actor("monitoring"), happenings=[opening_of(case) for case in cases])
    return cases


def _keep_reasons(reasons: Iterable[tuple[Case, Need]]) -> None:
    rows = [
        CaseReason(
            case=case, code=need.code, source_type=need.source_type, source_id=str(need.source_id), topic=need.topic,
            sentence=need.sentence[:300], weight=max(0, min(100, need.weight)),
        )
        for case, need in reasons
    ]  # fmt: skip
    CaseReason.objects.bulk_create(rows, ignore_conflicts=True)


def _enqueue(cases: Sequence[Case]) -> None:
    """Puts cases, which are locked, into the queue, or scores them anew there."""
    if not cases:
        return
    newly = [case for case in cases if case.needs_person_since is None]
    for case in cases:
        case.needs_person_since = case.needs_person_since or now()
        if case.status == CaseStatus.SNOOZED:
            case.status, case.snoozed_until = CaseStatus.IN_REVIEW, None
    score_cases(cases, anew={case.pk for case in newly})
    for case in cases:
        case.version += 1
        case.save()
        case_changed.send(Case, case_id=case.pk)
    _record_queued(newly)


def _record_queued(cases: Sequence[Case]) -> None:
    if not cases:
        return
    codes: dict[UUID, dict[str, None]] = {case.pk: {} for case in cases}  # each once, in the order of their finding
    for pk, code in CaseReason.objects.filter(case__in=cases).values_list("case", "code"):
        codes[pk][code.replace("_", " ")] = None
    record_many(by=system_actor("workflow"), happenings=[
        Happening(
            action=actions.CASE_QUEUED, object_type="case", object_id=case.pk, stream=stream_of(case),
            reason=", ".join(list(codes[case.pk])[:_MOST_TOLD]) or "by policy",
        )
        for case in cases
    ])  # fmt: skip
