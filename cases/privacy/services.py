"""Recording what customers ask about their data, answering it, holding it, and erasing what need not be kept."""

from datetime import date, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction

from accounts.selectors import person_for_actor
from audit.actions import Action
from audit.services import record
from cases.privacy import actions
from cases.privacy.enums import ERASING, RequestKind, RequestState
from cases.privacy.exceptions import ErasureBarred, RecorderCannotApprove, RequestSettled
from cases.privacy.models import LegalHold, PrivacyRequest, RetentionPolicy
from cases.privacy.selectors import customers_due, obstacles, policy_in_force
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from customers.services import erase_customer
from workflows.services import start_work

ERASING_WORK = "erasing of a customer"
_MOST_A_NIGHT = 500
_SCHEDULER = system_actor("scheduler")


@transaction.atomic
def record_request(*, customer_id: UUID, kind: RequestKind, received_on: date, by: Actor) -> PrivacyRequest:
    """Keeps what a customer asked for; it is to be answered within a month of the day it came (GDPR Art. 12(3)).

    Side effects: the request, an audit entry. Raises InvalidInput for a day to come, RequestSettled where one of this
    kind is open.
    """
    if received_on > now().date():
        raise InvalidInput("The day lies ahead.", [Fault("/received_on", "lies in the future", "the day it arrived")])
    person = person_for_actor(by)
    return _request(customer_id, kind, received_on, received_on + relativedelta(months=1), by, recorded_by=person)


def _request(
    customer_id: UUID, kind: RequestKind, received_on: date, due_on: date, by: Actor, **fields: object
) -> PrivacyRequest:
    try:
        with transaction.atomic():
            row = PrivacyRequest.objects.create(
                customer_id=customer_id, kind=kind, received_on=received_on, due_on=due_on, **fields
            )
    except IntegrityError as error:
        raise RequestSettled("A request of this kind is open for this customer already.") from error
    _record(actions.RECORDED, row, by, {"kind": kind, "due_on": due_on})
    return row


@transaction.atomic
def approve_erasure(*, request_id: UUID, version: int, by: Actor) -> PrivacyRequest:
    """Approves that everything known of a customer is erased; a worker does it at once.

    Side effects: the request, an audit entry, the long work. Raises RecorderCannotApprove, ErasureBarred with every
    obstacle, RequestSettled, Conflict.
    """
    person, row = person_for_actor(by), _open(request_id, version)
    if row.kind not in ERASING:
        raise RequestSettled("Access is answered, not approved.")
    if row.recorded_by_id == person.pk:
        raise RecorderCannotApprove("You recorded this request; somebody else must approve the erasing.")
    if found := obstacles(row.customer):
        raise ErasureBarred("It may not be erased yet.", [Fault("/", item.sentence) for item in found])
    row.state, row.settled_by, row.settled_at = RequestState.APPROVED, person, now()
    row.save()
    _record(actions.APPROVED, row, by)
    start_work(kind=ERASING_WORK, title="Erasing a customer's data", inputs={"request_id": str(row.pk)}, by=by)
    return row


@transaction.atomic
def refuse_request(*, request_id: UUID, version: int, answer: str, by: Actor) -> PrivacyRequest:
    """Refuses a request with the words that the customer is told. Side effects: the request, an audit entry."""
    if not answer.strip():
        raise InvalidInput(
            "The customer must be told why.", [Fault("/answer", "is empty", "say which law asks for it")]
        )
    row = _open(request_id, version)
    row.answer = answer.strip()
    return _settle(row, RequestState.REFUSED, by)


@transaction.atomic
def settle_access(*, request_id: UUID, version: int, files: int, by: Actor) -> PrivacyRequest:
    """Marks access as answered: the pack with `files` files was given out. Side effects: the request, audit entries."""
    row = _open(request_id, version)
    if row.kind != RequestKind.ACCESS:
        raise RequestSettled("Nobody asked for access here.")
    _record(actions.GIVEN, row, by, {"files": files})
    return _settle(row, RequestState.DONE, by)


def _settle(row: PrivacyRequest, state: RequestState, by: Actor) -> PrivacyRequest:
    row.state, row.settled_by, row.settled_at = state, person_for_actor(by), now()
    row.save()
    _record(actions.REFUSED if state == RequestState.REFUSED else actions.DONE, row, by, {"kind": row.kind})
    return row


@transaction.atomic
def carry_out_erasure(*, request_id: UUID, by: Actor) -> dict[str, int]:
    """Erases, once, what was approved; obstacles that came up meanwhile stop it. Called by a worker.

    Side effects: those of `erase_customer`, the request with the counts, an audit entry. Raises ErasureBarred.
    """
    row = PrivacyRequest.objects.select_for_update(of=("self",)).select_related("customer").get(pk=request_id)
    if row.state != RequestState.APPROVED:
        return dict(row.counts)
    if found := obstacles(row.customer):
        raise ErasureBarred("It may not be erased any more.", [Fault("/", item.sentence) for item in found])
    row.counts = erase_customer(customer_id=row.customer_id, reason=row.get_kind_display(), by=by)
    row.state, row.answer = RequestState.DONE, ""
    row.claim_version()
    row.save()
    _record(actions.DONE, row, by, {"kind": row.kind})
    return dict(row.counts)


@transaction.atomic
def put_back(*, request_id: UUID, by: Actor) -> None:
    """Opens an approved request again that could not be carried out: people look at what bars it. Side effects: audited."""
    row = PrivacyRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    row.state, row.settled_by, row.settled_at = RequestState.OPEN, None, None
    row.claim_version()
    row.save()
    _record(actions.PUT_BACK, row, by)


def find_ended_retention() -> None:
    """Asks people to erase customers whose time to keep has run out, at most 500 a night. A periodic task."""
    for customer in list(customers_due(policy_in_force())[:_MOST_A_NIGHT]):
        with transaction.atomic():
            today = now().date()
            _request(customer.pk, RequestKind.RETENTION, today, today + timedelta(days=30), _SCHEDULER)


@transaction.atomic
def place_hold(*, customer_id: UUID, reason: str, until: date | None, by: Actor) -> LegalHold:
    """Keeps everything of a customer whatever else says otherwise. Side effects: the hold, an audit entry."""
    if not reason.strip():
        raise InvalidInput(
            "A hold needs its reason.", [Fault("/reason", "is empty", "name the proceeding or authority")]
        )
    if until is not None and until < now().date():
        raise InvalidInput("The day has passed.", [Fault("/until", "has passed")])
    row = LegalHold.objects.create(
        customer_id=customer_id, reason=reason.strip(), until=until, placed_by=person_for_actor(by)
    )
    _record_hold(actions.HOLD_PLACED, row, by, {"until": until or "further notice"}, reason)
    return row


@transaction.atomic
def lift_hold(*, hold_id: UUID, version: int, reason: str, by: Actor) -> LegalHold:
    """Ends a hold. Side effects: the hold, an audit entry. Raises InvalidInput, Conflict, RequestSettled."""
    row = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold_id)
    row.claim_version(version)
    if row.lifted_at:
        raise RequestSettled("This hold is lifted already.")
    if not reason.strip():
        raise InvalidInput("Lifting needs its reason.", [Fault("/reason", "is empty")])
    row.lifted_by, row.lifted_at = person_for_actor(by), now()
    row.save()
    _record_hold(actions.HOLD_LIFTED, row, by, {}, reason)
    return row


@transaction.atomic
def publish_retention_policy(*, exited_years: int, rejected_years: int, by: Actor) -> RetentionPolicy:
    """A new version, in force from now on. Side effects: the version, an audit entry."""
    before = policy_in_force()
    row = RetentionPolicy.objects.create(
        number=before.number + 1, exited_years=exited_years, rejected_years=rejected_years, published_by=by.name
    )
    after = {"number": row.number, "exited_years": exited_years, "rejected_years": rejected_years}
    told = {"exited_years": before.exited_years, "rejected_years": before.rejected_years}
    record(
        actions.POLICY_PUBLISHED, by=by, object_type="retention_policy", object_id=row.pk, stream="config", before=told,
        after=after,
    )  # fmt: skip
    return row


@transaction.atomic
def record_view(*, customer_id: UUID, by: Actor) -> None:
    """Puts on the record that somebody looked at what a customer asked about their data."""
    record(actions.VIEWED, by=by, object_type="customer", object_id=customer_id, subject_id=customer_id)


def _open(request_id: UUID, version: int) -> PrivacyRequest:
    row = PrivacyRequest.objects.select_for_update(of=("self",)).select_related("customer").get(pk=request_id)
    row.claim_version(version)
    if row.state != RequestState.OPEN:
        raise RequestSettled("This request has been answered already.")
    return row


def _record(action: Action, row: PrivacyRequest, by: Actor, after: dict[str, object] | None = None) -> None:
    record(
        action, by=by, object_type="customer", object_id=row.customer_id, after=after, subject_id=row.customer_id,
    )  # fmt: skip


def _record_hold(
    action: Action, row: LegalHold, by: Actor, after: dict[str, object], reason: str
) -> None:  # fmt: skip
    record(
        action, by=by, object_type="customer", object_id=row.customer_id, after=after, personal={"reason": reason},
        subject_id=row.customer_id,
    )  # fmt: skip
