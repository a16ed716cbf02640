"""Opening cases from submissions, and what every opening takes."""

from dataclasses import dataclass

from django.db import transaction

from accounts.selectors import api_client_for_actor
from audit.services import Happening, record_many
from cases import actions
from cases.enums import CaseKind
from cases.models import Case, CaseNumber, Queue, Submission
from cases.services.configuration import ensure_case_configuration
from cases.services.scoring import score_case
from cases.signals import cases_opened
from core.actor import Actor
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
    audit entry, `cases_opened`. Raises InvalidInput, NoWorkflowForTrigger.
    """
    number = next_number()
    customer = register_customer(data=data.customer, by=by, stream=f"case:{number}")
    case = made_case(customer, CaseKind.ONBOARDING, queue_named("Onboarding"), number)
    score_case(case)
    case.save(force_insert=True)
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
    cases_opened.send(Case, case_ids=[case.pk])
    record_many(by=by, happenings=[opening_of(case)])
    return submission


def next_number() -> str:
    """The next case number, such as CASE-000123. Drawn from a key sequence: two never get one, gaps are normal."""
    return next_numbers(1)[0]


def next_numbers(many: int) -> list[str]:
    """The same for so many cases."""
    drawn = CaseNumber.objects.bulk_create([CaseNumber() for _ in range(many)])
    return [f"CASE-{number.pk:06d}" for number in drawn]


def stream_of(case: Case) -> str:
    """The audit stream that holds the whole story of a case."""
    return f"case:{case.number}"


def queue_named(name: str) -> Queue:
    """The queue. Side effect: the product's queues, on first use."""
    found = Queue.objects.filter(name=name).first()
    if found is None:
        ensure_case_configuration()
        found = Queue.objects.get(name=name)
    return found


def made_case(customer: Customer, kind: CaseKind, queue: Queue, number: str) -> Case:
    """A case that is neither scored nor stored yet."""
    return Case(number=number, kind=kind, customer=customer, queue=queue, clock_started_at=now())


def opening_of(case: Case) -> Happening:
    """What the record says of a case that was opened."""
    after = {"number": case.number, "kind": case.kind, "customer": str(case.customer_id)}
    return Happening(
        action=actions.CASE_OPENED, object_type="case", object_id=case.pk, stream=stream_of(case), after=after
    )
