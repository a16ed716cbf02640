"""Proposing a decision: what the checklist and the evidence ask for, how many must approve; taking a proposal back."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.actions import Action
from audit.services import record
from cases import actions
from cases.blueprints.eyes import approvers_needed, read_eyes
from cases.enums import DecisionKind, DecisionState
from cases.evidence import evidence_snapshot, snapshot_hash
from cases.exceptions import AssignedToSomebodyElse, EvidenceUndecided
from cases.models import Case, Decision
from cases.policies import CaseFacts
from cases.selectors import case_facts, missing_for, reasons_for
from cases.services.concealing import conceal_case, end_concealment
from cases.services.configuration import policy_in_force
from cases.services.opening import stream_of
from cases.services.work import checked_transition, locked_case, move
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput, PermissionRefused
from core.words import said
from customers.enums import CustomerStatus
from monitoring.selectors import flagged_amount

UNDO = timedelta(seconds=10)
_SHORTEST = 10
_FAVOURABLE = {DecisionKind.APPROVE, DecisionKind.APPROVE_WITH_EDD}


@transaction.atomic
def propose_decision(
    *, case_id: UUID, kind: DecisionKind, reason_code: str, rationale: str, version: int | None = None, by: Actor
) -> Decision:
    """Proposes how to decide a case; the evidence as it stands is frozen as a hash, and how many must approve.

    A dismissal that the policy lets pass without another person takes effect by itself 10 seconds later, unless it is
    withdrawn before. Side effects: the proposal, the case PROPOSED, `case_changed`, audit entries. Raises
    AssignedToSomebodyElse, EvidenceUndecided, TransitionNotPossible, Conflict for a stale `version`, InvalidInput.
    """
    person = person_for_actor(by)
    case = locked_case(case_id, version)
    if case.assignee_id not in {None, person.pk}:
        raise AssignedToSomebodyElse("Somebody else works on this case; claim it first.")
    found = checked_transition(case, "propose", person, kind=kind, reason_code=reason_code, rationale=rationale)
    _check_proposal(case, kind, reason_code, rationale)
    _check_decided(case, kind, case_facts(case.customer))
    needed, evidence = approvals_for(case, kind), evidence_snapshot(case.customer)
    decision = Decision.objects.create(
        case=case, kind=kind, reason_code=reason_code, rationale=rationale, proposed_by=person,
        approvals_needed=needed, takes_effect_at=None if needed else now() + UNDO,
        evidence=evidence, evidence_sha256=snapshot_hash(evidence),
    )  # fmt: skip
    if kind == DecisionKind.FILE_SAR:
        conceal_case(case=case, holder=holder_of(decision))
    case.proposer = person
    move(case, found, by=by)
    after: dict[str, object] = {
        "kind": kind, "reason_code": reason_code, "evidence_sha256": decision.evidence_sha256, "approvals": needed,
    }  # fmt: skip
    record_decision(actions.DECISION_PROPOSED, decision, by, after, {"rationale": rationale})
    return decision


def approvals_for(case: Case, kind: DecisionKind) -> int:
    """How many people must approve this decision of this case, by the policy in force; draws the lot of a sample."""
    rules = policy_in_force().rules
    rows, _ = read_eyes(rules) if "four_eyes" in rules else ((), [])
    topics = [topic for topic in case.reasons.values_list("topic", flat=True) if topic]
    amount = max(case.amount_flagged, flagged_amount(case.customer))
    lot = secrets.randbelow(10_000) / 100
    return approvers_needed(rows, kind, case.rating, topics, float(amount), lot)


def _check_proposal(case: Case, kind: DecisionKind, reason_code: str, rationale: str) -> None:
    faults = []
    fitting = [row.code for row in reasons_for(kind)]
    if reason_code not in fitting:
        faults.append(
            Fault(
                "/reason_code",
                said("is no reason for “{label}”", label=said(DecisionKind(kind).label)),
                said("one of {fitting}", fitting=", ".join(fitting)),
            )
        )
    if len(rationale.strip()) < _SHORTEST:
        faults.append(Fault("/rationale", "is too short", said("at least {shortest} characters", shortest=_SHORTEST)))
    missing = [line.sentence for line in missing_for(case, kind) if not line.automatic]
    if missing:
        faults.append(Fault("/checklist", "is not complete", "; ".join(missing)))
    if faults:
        raise InvalidInput("The proposal is not complete.", faults)


def _check_decided(case: Case, kind: DecisionKind, facts: CaseFacts) -> None:
    """Open hits and alerts must be decided before anybody is approved; a sanctioned party is never approved.

    A dismissal decides the open alerts itself; hits are compared one by one, and an onboarding is never left undecided.
    """
    if kind in _FAVOURABLE and (facts.open_hits or facts.open_alerts):
        raise EvidenceUndecided(
            said(
                "Still open: hits {hits}, alerts {alerts}. Decide them first.",
                hits=facts.open_hits,
                alerts=facts.open_alerts,
            )
        )
    if kind in _FAVOURABLE and facts.true_matches:
        raise EvidenceUndecided("A match is confirmed; such a customer cannot be approved.")
    if kind == DecisionKind.DISMISS and (facts.open_hits or facts.true_matches):
        raise EvidenceUndecided(
            said(
                "Open hits: {open_hits}, confirmed: {true_matches}; a dismissal decides alerts, not hits.",
                open_hits=facts.open_hits,
                true_matches=facts.true_matches,
            )
        )
    if kind == DecisionKind.DISMISS and case.customer.status == CustomerStatus.ONBOARDING:
        raise EvidenceUndecided("An onboarding is approved or rejected, not dismissed.")


@transaction.atomic
def withdraw_decision(*, decision_id: UUID, by: Actor) -> Decision:
    """The proposer takes a proposal back before it is settled. Side effects: decision, case IN_REVIEW, audit entries.

    Raises Conflict where it is settled, PermissionRefused for anybody else.
    """
    person = person_for_actor(by)
    decision = pending_for_update(decision_id)
    case = locked_case(decision.case_id)
    found = checked_transition(case, "withdraw", person)
    if decision.proposed_by_id != person.pk:
        raise PermissionRefused("Only the one who proposed can withdraw; others return a proposal.")
    settle(decision, DecisionState.WITHDRAWN)
    move(case, found, by=by, reason="withdrawn")
    record_decision(actions.DECISION_WITHDRAWN, decision, by, {"kind": decision.kind}, None)
    end_concealment(case=case, holder=holder_of(decision))
    return decision


def holder_of(decision: Decision) -> str:
    """What a case is concealed for while a report of suspicion is proposed, and ever after one is approved."""
    return f"decision:{decision.pk}"


def pending_for_update(decision_id: UUID) -> Decision:
    """The proposal under a row lock; raises Conflict where it is settled."""
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    if decision.state != DecisionState.PROPOSED:
        raise Conflict(said("This proposal is {state} already.", state=decision.get_state_display().lower()))
    return decision


def settle(decision: Decision, state: DecisionState, approver: User | None = None, note: str = "") -> None:
    """Writes how a proposal ended."""
    decision.state, decision.approved_by, decision.settled_at = state, approver, now()
    decision.note = note or decision.note
    decision.save()


def record_decision(
    action: Action, decision: Decision, by: Actor, after: dict[str, object], personal: dict[str, object] | None
) -> None:
    """Puts a step of a decision on its case's record."""
    case = decision.case
    record(
        action, by=by, object_type="decision", object_id=decision.pk, stream=stream_of(case), after=after,
        personal=personal, subject_id=case.customer_id,
    )  # fmt: skip
