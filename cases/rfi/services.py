"""Asking a customer, taking the answers in, and having the case go on by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from cases.models import Case
from cases.rfi import actions
from cases.rfi.enums import ItemKind, RequestState
from cases.rfi.exceptions import LinkNotValid, RequestOpenAlready, TooManyTries
from cases.rfi.models import RfiItem, RfiPolicy, RfiRequest
from cases.rfi.selectors import policy_in_force
from cases.rfi.signals import rfi_closed, rfi_reminded, rfi_sent
from cases.services.needing import need_person
from cases.services.opening import stream_of
from cases.services.scoring import pause_deadline, resume_deadline
from cases.services.work import checked_transition, locked_case, move
from cases.states import transition
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.words import said
from documents.services import add_document
from workflows.selectors import steps_waiting
from workflows.services import resume_run

MOST_TRIES = 10
_MOST_ITEMS, _MOST_ANSWER = 20, 4000
_LINK = system_actor("information link")
_SCHEDULER = system_actor("scheduler")


@dataclass(frozen=True)
class NewItem:
    """One thing to ask for. `wanted` is read by the customer."""

    kind: ItemKind
    wanted: str


@transaction.atomic
def request_information(
    *, case_id: UUID, items: Sequence[NewItem], email: str = "", version: int | None = None, by: Actor,
    on_behalf_of: User | None = None,
) -> RfiRequest:  # fmt: skip
    """Asks the customer; the case waits, and the clock of its deadline with it where the policy says so.

    A workflow asks on behalf of the person who has the case: answers go there, the record says that the workflow asked.
    Side effects, in order: the request with its items, the case, `case_changed`, audit entries, `rfi_sent`.
    Raises InvalidInput without items, RequestOpenAlready, TransitionNotPossible, Conflict.
    """
    person, case = on_behalf_of or person_for_actor(by), locked_case(case_id, version)
    if not 1 <= len(items) <= _MOST_ITEMS:
        raise InvalidInput("Nothing is asked for.", [Fault("/items", "needs 1 to 20 items", "name what is wanted")])
    if case.information_requests.filter(state=RequestState.OPEN).exists():
        raise RequestOpenAlready("A request is open already: withdraw it, or wait for its answers.")
    policy, moment = policy_in_force(), now()
    request = RfiRequest.objects.create(
        case=case, email=email, expires_at=moment + timedelta(days=policy.valid_days), pauses_sla=policy.pauses_sla,
        remind_at=moment + timedelta(days=policy.remind_after_days), requested_by=person,
    )  # fmt: skip
    RfiItem.objects.bulk_create(
        RfiItem(request=request, position=position, kind=item.kind, wanted=item.wanted[:300])
        for position, item in enumerate(items, start=1)
    )
    reason = said("Items asked for: {number}.", number=len(items))
    found = checked_transition(case, "request information", person, reason=reason)
    if request.pauses_sla:
        pause_deadline(case)
    move(case, found, by=by, reason=reason)
    after = {"items": len(items), "expires_at": request.expires_at.date(), "pauses_sla": request.pauses_sla}
    _record(actions.SENT, request, case, by, after=after)
    rfi_sent.send(RfiRequest, request_id=request.pk)
    return request


@transaction.atomic
def answer_question(*, item: RfiItem, text: str) -> RfiItem:
    """The customer's words for an item. Side effects: those of `_answered`. Raises InvalidInput, LinkNotValid."""
    if not text.strip() or len(text) > _MOST_ANSWER:
        raise InvalidInput("An answer is needed.", [Fault("/answer", "must have 1 to 4,000 characters")])
    locked, request = _locked(item, ItemKind.QUESTION)
    locked.answer = text.strip()
    return _answered(locked, request, personal={"answer": locked.answer})


@transaction.atomic
def answer_document(*, item: RfiItem, content: bytes, filename: str) -> RfiItem:
    """The customer's file for an item; a worker reads it. Another one replaces it while the request is open.

    Side effects: the document with its run, then those of `_answered`. Raises InvalidInput, LinkNotValid.
    """
    if not content:
        raise InvalidInput("The file is empty.", [Fault("/file", "is empty")])
    locked, request = _locked(item, ItemKind.DOCUMENT)
    customer = request.case.customer
    locked.document = add_document(customer=customer, content=content, filename=filename, by=_LINK)
    return _answered(locked, request, personal={"filename": filename[:200]})


def count_try(item: RfiItem) -> None:
    """Counts one sending, whatever becomes of it. Raises TooManyTries. Outside the transaction of the answer."""
    if not RfiItem.objects.filter(pk=item.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise TooManyTries("This was sent too often. Please ask us for a new link.")


def _locked(item: RfiItem, kind: ItemKind) -> tuple[RfiItem, RfiRequest]:
    request = _locked_request(item.request_id)
    if request.state != RequestState.OPEN or item.kind != kind:
        raise LinkNotValid("It has been answered or withdrawn.")
    return RfiItem.objects.get(pk=item.pk), request


def _locked_request(pk: UUID) -> RfiRequest:
    rows = RfiRequest.objects.select_for_update(of=("self",)).select_related("case__customer__party")
    return rows.get(pk=pk)


def _answered(item: RfiItem, request: RfiRequest, *, personal: dict[str, object]) -> RfiItem:
    """Keeps an answer. Side effects: the item, an audit entry; with the last answer the request and the case."""
    item.answered_at = now()
    item.save()
    case = request.case
    _record(
        actions.ITEM_ANSWERED, request, case, _LINK, after={"kind": item.kind, "position": item.position},
        personal=personal,
    )  # fmt: skip
    if not request.items.filter(answered_at=None).exists():
        _close(request, RequestState.ANSWERED, "The information asked for has arrived.", by=_LINK)
    return item


@transaction.atomic
def record_requests_view(*, case: Case, by: Actor) -> None:
    """Puts on the record that somebody looked at what was asked and answered."""
    record(
        actions.VIEWED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        subject_id=case.customer_id,
    )  # fmt: skip


@transaction.atomic
def withdraw_request(*, request_id: UUID, by: Actor) -> RfiRequest:
    """Makes the link void and takes the case up again. Side effects: those of `_close`. Raises LinkNotValid."""
    person_for_actor(by)
    request = _locked_request(request_id)
    if request.state != RequestState.OPEN:
        raise LinkNotValid("This request has ended already.")
    _close(request, RequestState.WITHDRAWN, "", by=by)
    return request


def _close(request: RfiRequest, state: RequestState, sentence: str, *, by: Actor) -> None:
    """Ends the request and has its case go on.

    Side effects, in order: the request, the case in review again with its deadline moved by the business hours it
    waited, a reason on it where there is a `sentence`, audit entries, `rfi_closed`.
    """
    request.state, request.closed_at = state, now()
    request.claim_version()
    request.save()
    case = locked_case(request.case_id)
    _record(actions.CLOSED, request, case, by, after={"state": state})
    found = transition("resume", case.status)
    if found is not None:
        resume_deadline(case)
        move(case, found, by=by, reason=state)
    if sentence:
        need_person(case=case, code=f"rfi_{state}", sentence=sentence, source_type="rfi", source_id=request.pk)
    _go_on(request)
    rfi_closed.send(RfiRequest, request_id=request.pk)


def _go_on(request: RfiRequest) -> None:
    """Lets the step that asked go on, where a workflow did."""
    for step in steps_waiting("request_information", request_id=str(request.pk)):
        output: dict[str, object] = {"request_id": str(request.pk), "state": request.state}
        resume_run(run_id=step.run_id, step_id=step.pk, output=output, by=_LINK)


def expire_requests() -> None:
    """Ends every request whose link has expired: the case goes on with what has arrived. A periodic task."""

    def expire(request: RfiRequest) -> None:
        missing = request.items.filter(answered_at=None).count()
        sentence = said("The customer did not answer in time. Items missing: {number}.", number=missing)
        _close(request, RequestState.EXPIRED, sentence, by=_SCHEDULER)

    _each_open({"expires_at__lte": now()}, expire)


def remind_customers() -> None:
    """Reminds, once, whoever has not answered by the day of the reminder. A periodic task."""

    def remind(request: RfiRequest) -> None:
        request.reminded_at, request.remind_at = now(), None
        request.save(update_fields=["reminded_at", "remind_at"])
        _record(actions.REMINDED, request, request.case, _SCHEDULER)
        rfi_reminded.send(RfiRequest, request_id=request.pk)

    _each_open({"remind_at__lte": now(), "expires_at__gt": now()}, remind)


def _each_open(due: dict[str, object], work: Callable[[RfiRequest], None]) -> None:
    """Each open request that is due, in a transaction of its own: one that fails holds up no other run."""
    for pk in RfiRequest.objects.filter(state=RequestState.OPEN, **due).values_list("pk", flat=True):
        with transaction.atomic():
            request = _locked_request(pk)
            if request.state == RequestState.OPEN:
                work(request)


@transaction.atomic
def publish_rfi_policy(*, pauses_sla: bool, valid_days: int, remind_after_days: int, by: Actor) -> RfiPolicy:
    """A new version, for requests from now on. Side effects: the version, an audit entry."""
    if not (1 <= remind_after_days < valid_days <= 90):  # noqa: PLR2004 - a quarter is the longest that makes sense
        told = "the reminder must come before the link expires, and that within 90 days"
        raise InvalidInput("The days do not fit together.", [Fault("/remind_after_days", told)])
    number = policy_in_force().number + 1
    policy = RfiPolicy.objects.create(
        number=number, pauses_sla=pauses_sla, valid_days=valid_days, remind_after_days=remind_after_days,
        published_by=by.name,
    )  # fmt: skip
    after = {"number": number, "pauses_sla": pauses_sla, "valid_days": valid_days, "remind": remind_after_days}
    record(actions.POLICY_PUBLISHED, by=by, object_type="rfi_policy", object_id=policy.pk, stream="config", after=after)
    return policy


def _record(
    action: actions.Action, request: RfiRequest, case: Case, by: Actor, *, after: dict[str, object] | None = None,
    personal: dict[str, object] | None = None,
) -> None:  # fmt: skip
    record(
        action, by=by, object_type="rfi", object_id=request.pk, stream=stream_of(case), after=after, personal=personal,
        subject_id=case.customer_id,
    )  # fmt: skip
