"""Opening cases: from a submission, or because a control found something about a customer without an open case."""

from dataclasses import dataclass

from django.db import transaction

from accounts.selectors import api_client_for_actor
from audit.services import record
from cases import actions
from cases.enums import CaseKind, CaseStatus
from cases.models import Case, CaseNumber, CaseReason, Queue, Submission
from cases.selectors import open_case_of
from cases.services.configuration import ensure_case_configuration
from cases.services.scoring import score_case
from cases.signals import case_changed, case_opened
from core.actor import Actor, system_actor
from core.clock import now
from customers.models import Customer
from customers.services import register_customer
from customers.shapes import NewCustomer
from documents.services import store_document
from workflows.services import start_run


@dataclass(frozen=True)
class NewDocument:
    """A file as it was sent."""

    filename: str
    content: bytes
    declared_type: str = ""


@dataclass(frozen=True)
class NewSubmission:
    """A customer with documents."""

    customer: NewCustomer
    documents: tuple[NewDocument, ...] = ()


@transaction.atomic
def open_case(*, data: NewSubmission, by: Actor) -> Submission:
    """Takes in a submission: everything is durable when the transaction commits, the work is done by workers.

    Side effects, in order: the case, customer and parties, documents stored, the submission, the onboarding run, an
    audit entry, `case_opened`. Raises InvalidInput, NoWorkflowForTrigger.
    """
    number = next_number()
    customer = register_customer(data=data.customer, by=by, stream=f"case:{number}")
    case = _make_case(customer, CaseKind.ONBOARDING, "Onboarding", number)
    for document in data.documents:
        store_document(
            customer=customer, content=document.content, filename=document.filename, by=by,
            declared_type=document.declared_type, stream=stream_of(case),
        )  # fmt: skip
    submission = Submission.objects.create(case=case, client=api_client_for_actor(by), submitted_by=by.name)
    inputs: dict[str, object] = {
        "customer_id": str(customer.pk), "case_id": str(case.pk), "submission_id": str(submission.pk),
        "kind": customer.party.kind,
    }  # fmt: skip
    start_run(
        trigger="new_customer", subject_type="case", subject_id=case.pk, inputs=inputs, stream=stream_of(case), by=by
    )
    case_opened.send(Case, case_id=case.pk)
    _record_opening(case, by)
    return submission


def next_number() -> str:
    """The next case number, such as CASE-000123. Drawn from a key sequence: two never get one, gaps are normal."""
    return f"CASE-{CaseNumber.objects.create().pk:06d}"


def stream_of(case: Case) -> str:
    """The audit stream that holds the whole story of a case."""
    return f"case:{case.number}"


def _make_case(customer: Customer, kind: CaseKind, queue: str, number: str) -> Case:
    found = Queue.objects.filter(name=queue).first()
    if found is None:
        ensure_case_configuration()
        found = Queue.objects.get(name=queue)
    case = Case(number=number, kind=kind, customer=customer, queue=found, clock_started_at=now())
    score_case(case)
    case.save(force_insert=True)
    return case


def _record_opening(case: Case, by: Actor) -> None:
    after = {"number": case.number, "kind": case.kind, "customer": str(case.customer_id)}
    record(actions.CASE_OPENED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case), after=after)


def case_for_signal(customer: Customer) -> Case:
    """The customer's open case, or a new one of the monitoring queue: nothing a control finds is left without a case."""
    case = open_case_of(customer)
    if case is None:
        case = _make_case(customer, CaseKind.MONITORING, "Monitoring", next_number())
        case_opened.send(Case, case_id=case.pk)
        _record_opening(case, system_actor("monitoring"))
    return case


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
    about: str = "",
    queue_now: bool = True,
) -> None:
    """Says why a case needs a person, once per source, and puts it into the queue (unless it is put there later).

    Side effects: the reason; the case's queue time, deadline and priority, and `case_changed`; an audit entry when it is
    queued. A snoozed case wakes: new evidence counts more than the date.
    """
    told = {"sentence": sentence[:300], "weight": max(0, min(100, weight)), "topic": topic, "about": about}
    CaseReason.objects.get_or_create(
        case=case, code=code, source_type=source_type, source_id=str(source_id), defaults=told
    )
    if queue_now:
        enqueue(case)


def enqueue(case: Case) -> None:
    """Puts the case into the queue, or scores it anew there."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("customer__party", "queue")
    fresh = rows.get(pk=case.pk)
    queued = fresh.needs_person_since is None
    fresh.needs_person_since = fresh.needs_person_since or now()
    if fresh.status == CaseStatus.SNOOZED:
        fresh.status, fresh.snoozed_until = CaseStatus.IN_REVIEW, None
    score_case(fresh, anew=queued)
    fresh.claim_version()
    fresh.save()
    case_changed.send(Case, case_id=fresh.pk)
    if queued:
        by = system_actor("workflow")
        reasons = ", ".join(fresh.reasons.values_list("code", flat=True)[:5]) or "by policy"
        record(
            actions.CASE_QUEUED, by=by, object_type="case", object_id=fresh.pk, stream=stream_of(fresh), reason=reasons
        )
