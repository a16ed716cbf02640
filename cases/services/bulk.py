"""One thing done to several cases: a result for each, and ten seconds to take it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from cases import actions
from cases.enums import BulkVerb, CaseStatus, DecisionKind
from cases.models import BulkAction, Case
from cases.selectors import case_for, pending_decision, queue_for
from cases.services.claims import assign_case, claim_case
from cases.services.opening import stream_of
from cases.services.proposals import propose_decision, withdraw_decision
from cases.services.scoring import score_case
from cases.services.teamwork import add_tag, clean_tag, remove_tag
from cases.services.work import escalate_case, locked_case, move_case_to_queue, snooze_case
from cases.signals import case_changed
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput, PermissionRefused, ProbityError
from core.ids import parse_id
from core.permissions import Permission
from core.words import said

UNDO = timedelta(seconds=10)
_ON_THE_WAY = timedelta(seconds=2)  # what the click takes to arrive
MOST = 200


@dataclass(frozen=True)
class BulkInputs:
    """What the verb needs: an assignee, a queue, a tag, a time with a reason, or a reason code with a rationale."""

    assignee: User | None = None
    queue_id: UUID | None = None
    tag: str = ""
    until: datetime | None = None
    reason: str = ""
    reason_code: str = ""
    rationale: str = ""


@transaction.atomic
def apply_to_cases(*, verb: BulkVerb, case_ids: Sequence[object], inputs: BulkInputs, by: Actor) -> BulkAction:
    """Does `verb` to every case, each for itself: one that refuses leaves the others done.

    A dismissal is a proposal for each case, under the same four-eyes policy as one made alone. Side effects: those of
    the single services; the action with a row for each case. Raises InvalidInput for no case or more than 200,
    PermissionRefused where cases are given to others without the permission.
    """
    person = person_for_actor(by)
    if not 1 <= len(case_ids) <= MOST:
        raise InvalidInput("Nothing is chosen.", [Fault("/case", "choose cases", said("1 to {most}", most=MOST))])
    _check(verb, inputs, person)
    action = BulkAction.objects.create(person=person, verb=verb)
    wanted = sorted({parse_id(pk) for pk in case_ids})  # one order for all: two bulks never wait for each other
    action.rows = [_row(_VERBS[verb], person, pk, inputs, by) for pk in wanted]
    action.save()
    return action


def _check(verb: BulkVerb, inputs: BulkInputs, person: User) -> None:
    missing = [name for name in _NEEDS[verb] if not getattr(inputs, name)]
    if missing:
        raise InvalidInput("Something is missing.", [Fault(f"/{name}", "is missing") for name in missing])
    given = inputs.assignee is not None and inputs.assignee.pk != person.pk
    if (verb == BulkVerb.MOVE or given) and not person.has_perm(Permission.CASE_ASSIGN):
        raise PermissionRefused("Your role does not give cases to others or to other queues.")


def _row(work: "Work", person: User, pk: UUID, inputs: BulkInputs, by: Actor) -> dict[str, Any]:
    """The result of one case: what it is now, and what it was."""
    row: dict[str, Any] = {"case": str(pk), "number": "", "done": False, "told": "", "before": {}}
    try:
        with transaction.atomic():
            case = case_for(person, pk)
            row["number"], row["before"] = case.number, _state(case)
            row["told"] = work(case, inputs, by)
            row["before"] |= {"tag": clean_tag(inputs.tag)} if inputs.tag else {}
            row |= {"done": True, "version": Case.objects.values_list("version", flat=True).get(pk=pk)}
    except ProbityError as error:
        faults = "; ".join(f"{fault.message}: {fault.suggestion}" for fault in error.faults)
        row["told"] = f"{error.message} {faults}".strip()
    return row


def _state(case: Case) -> dict[str, Any]:
    return {
        "status": case.status, "assignee": str(case.assignee_id or ""), "queue": str(case.queue_id),
        "snoozed_until": case.snoozed_until.isoformat() if case.snoozed_until else "",
        "lease_until": case.lease_until.isoformat() if case.lease_until else "", "boost": case.boost,
        "priority": case.priority,
    }  # fmt: skip


def _assign(case: Case, inputs: BulkInputs, by: Actor) -> str:
    if inputs.assignee is not None and str(inputs.assignee.pk) == by.id:
        claim_case(case_id=case.pk, by=by)
        return said("is yours")
    if inputs.assignee is not None:
        assign_case(case_id=case.pk, assignee=inputs.assignee, by=by)
    return f"goes to {inputs.assignee.actor.name if inputs.assignee else ''}"


def _move(case: Case, inputs: BulkInputs, by: Actor) -> str:
    moved = move_case_to_queue(case_id=case.pk, queue_id=parse_id(inputs.queue_id), by=by)
    return said("is in {name}", name=moved.queue.name)


def _tag(case: Case, inputs: BulkInputs, by: Actor) -> str:
    return said("is tagged") if add_tag(case_id=case.pk, name=inputs.tag, by=by) else said("had the tag")


def _snooze(case: Case, inputs: BulkInputs, by: Actor) -> str:
    until = inputs.until or now()
    snooze_case(case_id=case.pk, until=until, reason=inputs.reason, by=by)
    return said("sleeps until {until}", until=f"{until:%Y-%m-%d %H:%M}")


def _escalate(case: Case, inputs: BulkInputs, by: Actor) -> str:
    if case.status == CaseStatus.NEW:
        claim_case(case_id=case.pk, by=by)
    escalate_case(case_id=case.pk, reason=inputs.reason, by=by)
    return said("is escalated")


def _dismiss(case: Case, inputs: BulkInputs, by: Actor) -> str:
    if case.status == CaseStatus.NEW:
        claim_case(case_id=case.pk, by=by)
    decision = propose_decision(
        case_id=case.pk, kind=DecisionKind.DISMISS, reason_code=inputs.reason_code, rationale=inputs.rationale, by=by
    )
    return said("waits for another person") if decision.approvals_needed else said("is dismissed")


Work = Callable[[Case, BulkInputs, Actor], str]
_VERBS: dict[BulkVerb, Work] = {
    BulkVerb.ASSIGN: _assign, BulkVerb.MOVE: _move, BulkVerb.TAG: _tag, BulkVerb.SNOOZE: _snooze,
    BulkVerb.ESCALATE: _escalate, BulkVerb.DISMISS: _dismiss,
}  # fmt: skip
_NEEDS: dict[BulkVerb, tuple[str, ...]] = {
    BulkVerb.ASSIGN: ("assignee",), BulkVerb.MOVE: ("queue_id",), BulkVerb.TAG: ("tag",),
    BulkVerb.SNOOZE: ("until", "reason"), BulkVerb.ESCALATE: ("reason",),
    BulkVerb.DISMISS: ("reason_code", "rationale"),
}  # fmt: skip


@transaction.atomic
def undo_bulk(*, action_id: UUID, by: Actor) -> BulkAction:
    """Takes back what one did to several cases, within ten seconds; a case that somebody changed since stays as it is.

    Side effects: the cases as they were, proposals withdrawn, tags taken off, `case_changed`, audit entries; each row
    says what came of it. Raises Conflict where it is too late or undone already.
    """
    action = BulkAction.objects.select_for_update().filter(pk=action_id, person=person_for_actor(by)).first()
    if action is None or action.undone_at is not None or now() - action.created_at > UNDO + _ON_THE_WAY:
        raise Conflict("It is too late to take this back.")
    action.undone_at = now()
    action.rows = [_undone(action, row, by) if row["done"] else row for row in action.rows]
    action.save()
    return action


def _undone(action: BulkAction, row: dict[str, Any], by: Actor) -> dict[str, Any]:
    try:
        with transaction.atomic():
            _restore(action, row, by)
    except ProbityError as error:
        return row | {"told": error.message}
    return row | {"told": said("is as it was")}


def _restore(action: BulkAction, row: dict[str, Any], by: Actor) -> None:
    case = locked_case(parse_id(row["case"]))
    if action.verb == BulkVerb.TAG:
        if row["told"] == "is tagged":
            remove_tag(case_id=case.pk, name=row["before"]["tag"], by=by)
        return
    if case.version != row["version"]:
        raise Conflict("was changed since and stays")
    decision = pending_decision(case) if action.verb == BulkVerb.DISMISS else None
    if decision is not None:
        withdraw_decision(decision_id=decision.pk, by=by)
        case = locked_case(case.pk)
    _write_back(case, row["before"])
    record(actions.CASE_RESTORED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case))


def _write_back(case: Case, before: dict[str, Any]) -> None:
    case.claim_version()
    case.status, case.boost, case.priority = before["status"], before["boost"], before["priority"]
    case.assignee_id = parse_id(before["assignee"]) if before["assignee"] else None
    if str(case.queue_id) != before["queue"]:
        case.queue = queue_for(before["queue"])
        score_case(case, anew=True)
    for name in ("snoozed_until", "lease_until"):
        setattr(case, name, datetime.fromisoformat(before[name]) if before[name] else None)
    case.save()
    case_changed.send(Case, case_id=case.pk)
