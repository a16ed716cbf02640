"""The decision: proposed by one person, approved by another, or made by the published policy alone."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.actions import Action
from audit.services import record
from cases import actions
from cases.enums import DecisionKind, DecisionState
from cases.evidence import evidence_hash, evidence_snapshot, snapshot_hash
from cases.exceptions import (
    ApproverRoleTooLow,
    AssignedToSomebodyElse,
    EvidenceChanged,
    EvidenceUndecided,
    ProposerCannotApprove,
)
from cases.models import Case, Decision, DecisionPolicy, ReasonCode
from cases.policies import CaseFacts, Condition, approval_conditions, approver_roles
from cases.selectors import case_facts
from cases.services.configuration import policy_in_force
from cases.services.opening import stream_of
from cases.services.work import checked_transition, locked_case, move
from cases.signals import case_decided
from cases.states import transition
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput
from customers.enums import CustomerStatus
from customers.services import set_customer_status
from workflows.enums import RunState
from workflows.selectors import run_for_subject
from workflows.services import resume_run

_SHORTEST = 10
_STATUS_AFTER = {
    DecisionKind.APPROVE: CustomerStatus.ACTIVE,
    DecisionKind.APPROVE_WITH_EDD: CustomerStatus.ACTIVE,
    DecisionKind.REJECT: CustomerStatus.REJECTED,
    DecisionKind.EXIT_RELATIONSHIP: CustomerStatus.EXITED,
}
_FAVOURABLE = {DecisionKind.APPROVE, DecisionKind.APPROVE_WITH_EDD}


@transaction.atomic
def propose_decision(
    *, case_id: UUID, kind: DecisionKind, reason_code: str, rationale: str, version: int | None = None, by: Actor
) -> Decision:
    """Proposes how to decide a case; the evidence as it stands is frozen as a hash.

    Side effects: the proposal, the case PROPOSED, `case_changed`, audit entries. Raises AssignedToSomebodyElse,
    EvidenceUndecided, TransitionNotPossible, Conflict for a stale `version`, InvalidInput.
    """
    person = person_for_actor(by)
    case = locked_case(case_id, version)
    if case.assignee_id not in {None, person.pk}:
        raise AssignedToSomebodyElse("Somebody else works on this case; claim it first.")
    found = checked_transition(case, "propose", person, kind=kind, reason_code=reason_code, rationale=rationale)
    _check_proposal(kind, reason_code, rationale)
    _check_decided(kind, case_facts(case.customer))
    evidence = evidence_snapshot(case.customer)
    decision = Decision.objects.create(
        case=case, kind=kind, reason_code=reason_code, rationale=rationale, proposed_by=person,
        evidence=evidence, evidence_sha256=snapshot_hash(evidence),
    )  # fmt: skip
    move(case, found, by=by)
    after: dict[str, object] = {"kind": kind, "reason_code": reason_code, "evidence_sha256": decision.evidence_sha256}
    _record(actions.DECISION_PROPOSED, decision, by, after, {"rationale": rationale})
    return decision


def _check_proposal(kind: DecisionKind, reason_code: str, rationale: str) -> None:
    faults = []
    code = ReasonCode.objects.filter(code=reason_code).first()
    if code is None or kind not in code.kinds:
        fitting = [row.code for row in ReasonCode.objects.all() if kind in row.kinds]
        faults.append(
            Fault("/reason_code", f"is no reason for “{DecisionKind(kind).label}”", f"one of {', '.join(fitting)}")
        )
    if len(rationale.strip()) < _SHORTEST:
        faults.append(Fault("/rationale", "is too short", f"at least {_SHORTEST} characters"))
    if faults:
        raise InvalidInput("The proposal is not complete.", faults)


def _check_decided(kind: DecisionKind, facts: CaseFacts) -> None:
    """Open hits and alerts must be decided before anybody is approved; a sanctioned party is never approved."""
    if kind in _FAVOURABLE and (facts.open_hits or facts.open_alerts):
        raise EvidenceUndecided(
            f"{facts.open_hits} hit(s) and {facts.open_alerts} alert(s) are still open; decide them first."
        )
    if kind in _FAVOURABLE and facts.true_matches:
        raise EvidenceUndecided(f"{facts.true_matches} match(es) are confirmed; such a customer cannot be approved.")


@transaction.atomic
def approve_decision(*, decision_id: UUID, note: str = "", by: Actor) -> Decision:
    """A second person approves: the case is closed, the customer's status set, the run goes on.

    Side effects, in order: the decision, the case CLOSED, the customer, the run resumed, `case_decided`, audit entries.
    Raises ProposerCannotApprove, ApproverRoleTooLow, EvidenceChanged where the evidence is not what was proposed on.
    """
    person = person_for_actor(by)
    decision = _pending(decision_id)
    case = locked_case(decision.case_id)
    found = checked_transition(case, "approve", person)
    _check_approver(decision, person)
    if decision.evidence_sha256 != evidence_hash(case.customer):
        raise EvidenceChanged("The evidence has changed since the proposal; return it, so that it is proposed anew.")
    decision.state, decision.approved_by, decision.note, decision.settled_at = (
        DecisionState.APPROVED,
        person,
        note,
        now(),
    )
    decision.policy = policy_in_force()
    decision.save()
    move(case, found, by=by, closed_at=now(), needs_person_since=case.needs_person_since or now())
    _take_effect(case, decision, by)
    _record(actions.DECISION_APPROVED, decision, by, {"kind": decision.kind}, {"note": note} if note else None)
    return decision


def _pending(decision_id: UUID) -> Decision:
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    if decision.state != DecisionState.PROPOSED:
        raise Conflict(f"This proposal is {decision.get_state_display().lower()} already.")
    return decision


def _check_approver(decision: Decision, person: User) -> None:
    if decision.proposed_by_id == person.pk:
        raise ProposerCannotApprove("You proposed this decision; somebody else must approve it.")
    roles = approver_roles(decision.kind, policy_in_force().rules)
    if person.role not in roles:
        raise ApproverRoleTooLow(f"“{decision.get_kind_display()}” must be approved by: {', '.join(roles)}.")


def _take_effect(case: Case, decision: Decision, by: Actor) -> None:
    status = _STATUS_AFTER.get(DecisionKind(decision.kind))
    if status is not None and case.customer.status != status:
        set_customer_status(customer=case.customer, status=status, by=by, stream=stream_of(case))
    run = run_for_subject("case", case.pk)
    if run is not None and run.state == RunState.WAITING:
        resume_run(run_id=run.pk, output={"decision_id": str(decision.pk)}, by=by)
    case_decided.send(Case, case_id=case.pk)


@transaction.atomic
def return_decision(*, decision_id: UUID, note: str, by: Actor) -> Decision:
    """A second person gives the proposal back, for a reason. Side effects: decision, case IN_REVIEW, audit entries."""
    person = person_for_actor(by)
    decision = _pending(decision_id)
    case = locked_case(decision.case_id)
    found = checked_transition(case, "return", person, note=note)
    if decision.proposed_by_id == person.pk:
        raise ProposerCannotApprove("You proposed this decision; somebody else must settle it.")
    decision.state, decision.approved_by, decision.note, decision.settled_at = (
        DecisionState.RETURNED,
        person,
        note,
        now(),
    )
    decision.save()
    move(case, found, by=by, reason="returned")
    _record(actions.DECISION_RETURNED, decision, by, {"kind": decision.kind}, {"note": note})
    return decision


@transaction.atomic
def decide_by_policy(*, case: Case, by: Actor) -> tuple[Decision | None, list[Condition]]:
    """Approves a case whose facts meet every condition of the published policy; nothing else is decided without people.

    Returns the decision, or None with the conditions that do not hold. Side effects of an approval: the decision with
    every condition's value, the case CLOSED, the customer active, `case_decided`, audit entries.
    """
    policy: DecisionPolicy = policy_in_force()
    fresh = locked_case(case.pk)
    conditions = approval_conditions(case_facts(fresh.customer), policy.rules)
    found = transition("close by policy", fresh.status)
    touched = fresh.needs_person_since is not None and fresh.reasons.exists()
    if found is None or touched or not all(condition.holds for condition in conditions):
        return None, conditions
    evidence = evidence_snapshot(fresh.customer)
    decision = Decision.objects.create(
        case=fresh, kind=DecisionKind.APPROVE, state=DecisionState.APPROVED, reason_code="policy",
        rationale=f"Every condition of version {policy.number} of the decision policy holds.", policy=policy,
        conditions=[vars(condition) for condition in conditions], evidence=evidence,
        evidence_sha256=snapshot_hash(evidence), settled_at=now(),
    )  # fmt: skip
    move(fresh, found, by=by, closed_at=now())
    if fresh.customer.status != CustomerStatus.ACTIVE:
        set_customer_status(customer=fresh.customer, status=CustomerStatus.ACTIVE, by=by, stream=stream_of(fresh))
    case_decided.send(Case, case_id=fresh.pk)
    after = {"policy": policy.number, "conditions": [vars(condition) for condition in conditions]}
    _record(actions.DECIDED_BY_POLICY, decision, by, after, None)
    return decision, conditions


def _record(
    action: Action, decision: Decision, by: Actor, after: dict[str, object], personal: dict[str, object] | None
) -> None:
    case = decision.case
    record(
        action, by=by, object_type="decision", object_id=decision.pk, stream=stream_of(case), after=after,
        personal=personal, subject_id=case.customer_id,
    )  # fmt: skip
