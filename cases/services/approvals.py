"""Settling decisions: approved by one or two other people, returned, or made by the published policy."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from cases import actions
from cases.enums import DecisionKind, DecisionState
from cases.evidence import evidence_hash, evidence_snapshot, snapshot_hash
from cases.exceptions import ApproverRoleTooLow, EvidenceChanged, ProposerCannotApprove
from cases.models import Case, Decision, DecisionPolicy, ReasonCode
from cases.policies import Condition, approval_conditions, approver_roles
from cases.selectors import case_facts
from cases.services.concealing import end_concealment
from cases.services.configuration import policy_in_force
from cases.services.opening import stream_of
from cases.services.proposals import holder_of, pending_for_update, record_decision, settle
from cases.services.work import checked_transition, locked_case, move
from cases.signals import case_changed, case_decided, proposal_returned
from cases.states import transition
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import ProbityError
from core.words import said
from customers.enums import CustomerStatus
from customers.services import set_customer_status
from monitoring.enums import AlertDisposition, AlertReason, AlertState
from monitoring.services import dispose_alert
from workflows.selectors import steps_waiting
from workflows.services import resume_run, start_for_event

_TWO = 2
_AWAITED = "await_decision"
_STATUS_AFTER = {
    DecisionKind.APPROVE: CustomerStatus.ACTIVE,
    DecisionKind.APPROVE_WITH_EDD: CustomerStatus.ACTIVE,
    DecisionKind.REJECT: CustomerStatus.REJECTED,
    DecisionKind.EXIT_RELATIONSHIP: CustomerStatus.EXITED,
}


@transaction.atomic
def approve_decision(*, decision_id: UUID, note: str = "", by: Actor) -> Decision:
    """Another person approves: the case is closed, the customer's status set, the run goes on.

    Where the policy asks for two, the first approval is kept (`endorsed_by`) and the case waits for the second.
    Side effects, in order: the decision, the case CLOSED, open alerts of a dismissal, the customer, the run resumed,
    `case_decided`, audit entries. Raises ProposerCannotApprove, ApproverRoleTooLow, EvidenceChanged where the evidence
    is not what was proposed on.
    """
    person = person_for_actor(by)
    decision = pending_for_update(decision_id)
    case = locked_case(decision.case_id)
    found = checked_transition(case, "approve", person)
    _check_approver(decision, person)
    if decision.evidence_sha256 != evidence_hash(case.customer):
        raise EvidenceChanged("The evidence has changed since the proposal; return it, so that it is proposed anew.")
    if decision.approvals_needed == _TWO and decision.endorsed_by_id is None:
        return _endorse(decision, person, note, by)
    decision.policy, decision.takes_effect_at = policy_in_force(), None
    decision.approvals_needed = max(1, decision.approvals_needed)
    settle(decision, DecisionState.APPROVED, person, note)
    move(case, found, by=by, closed_at=now(), needs_person_since=case.needs_person_since or now())
    _take_effect(case, decision, by)
    record_decision(actions.DECISION_APPROVED, decision, by, {"kind": decision.kind}, {"note": note} if note else None)
    return decision


def _endorse(decision: Decision, person: User, note: str, by: Actor) -> Decision:
    decision.endorsed_by, decision.note = person, note
    decision.save()
    case_changed.send(Case, case_id=decision.case_id)
    record_decision(actions.DECISION_ENDORSED, decision, by, {"kind": decision.kind}, {"note": note} if note else None)
    return decision


def _check_approver(decision: Decision, person: User) -> None:
    if decision.proposed_by_id == person.pk:
        raise ProposerCannotApprove("You proposed this decision; somebody else must approve it.")
    if decision.endorsed_by_id == person.pk:
        raise ProposerCannotApprove("You approved this as the first of two; somebody else must be the second.")
    rules = policy_in_force().rules
    roles = approver_roles(decision.kind, rules, final=decision.endorsed_by_id is not None)
    if person.role not in roles:
        raise ApproverRoleTooLow(
            said(
                "“{kind}” must be approved by: {roles}.", kind=said(decision.get_kind_display()), roles=", ".join(roles)
            )
        )


def _take_effect(case: Case, decision: Decision, by: Actor) -> None:
    if decision.kind == DecisionKind.DISMISS:
        _dispose_open_alerts(case, decision)
    status = _STATUS_AFTER.get(DecisionKind(decision.kind))
    if status is not None and case.customer.status != status:
        set_customer_status(customer=case.customer, status=status, by=by, stream=stream_of(case))
    for step in steps_waiting(_AWAITED, about=("case", case.pk), case_id=str(case.pk)):
        resume_run(run_id=step.run_id, step_id=step.pk, output={"decision_id": str(decision.pk)}, by=by)
    case_decided.send(Case, case_id=case.pk)
    _start_workflows(case, decision, by)


def _start_workflows(case: Case, decision: Decision, by: Actor) -> None:
    inputs: dict[str, object] = {
        "case_id": str(case.pk), "customer_id": str(case.customer_id), "case_kind": case.kind, "decision": decision.kind,
        "automatic": decision.approvals_needed == 0,
    }  # fmt: skip
    start_for_event(
        event="case_decided", subject_type="case", subject_id=case.pk, inputs=inputs, stream=stream_of(case), by=by
    )


def _dispose_open_alerts(case: Case, decision: Decision) -> None:
    """A dismissal decides the customer's open alerts as its reason says, in the name of who proposed it."""
    reason = ReasonCode.objects.get(code=decision.reason_code)
    proposer = decision.proposed_by
    for pk in case.customer.alerts.filter(state=AlertState.OPEN).values_list("pk", flat=True):
        dispose_alert(
            alert_id=pk, disposition=AlertDisposition(reason.alert_disposition),
            reason_code=AlertReason(reason.alert_reason), rationale=decision.rationale,
            by=proposer.actor if proposer else system_actor("policy"), stream=stream_of(case),
        )  # fmt: skip


@transaction.atomic
def return_decision(*, decision_id: UUID, note: str, by: Actor) -> Decision:
    """A second person gives the proposal back, for a reason.

    Side effects: the decision, the case IN_REVIEW, `proposal_returned`, audit entries.
    """
    person = person_for_actor(by)
    decision = pending_for_update(decision_id)
    case = locked_case(decision.case_id)
    found = checked_transition(case, "return", person, note=note)
    if decision.proposed_by_id == person.pk:
        raise ProposerCannotApprove("You proposed this decision; somebody else must settle it.")
    if decision.endorsed_by_id == person.pk:
        decision.endorsed_by = None
    settle(decision, DecisionState.RETURNED, person, note)
    move(case, found, by=by, reason="returned")
    if decision.proposed_by_id:
        proposal_returned.send(Case, case_id=case.pk, decision_id=decision.pk, person_id=decision.proposed_by_id)
    record_decision(actions.DECISION_RETURNED, decision, by, {"kind": decision.kind}, {"note": note})
    end_concealment(case=case, holder=holder_of(decision))
    return decision


def put_dismissals_into_force() -> None:
    """Settles the dismissals whose time to be withdrawn is over. A periodic task.

    Where the evidence changed meanwhile, or the dismissal cannot take effect, the case goes back to its proposer.
    """
    due = Decision.objects.filter(state=DecisionState.PROPOSED, takes_effect_at__lte=now())
    for pk in due.values_list("pk", flat=True)[:100]:
        try:
            _put_into_force(pk)
        except ProbityError as error:
            _give_back(pk, str(error))


@transaction.atomic
def _put_into_force(decision_id: UUID) -> None:
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    case = locked_case(decision.case_id)
    found = transition("put dismissal into force", case.status)
    if decision.state != DecisionState.PROPOSED or found is None:
        return
    if decision.evidence_sha256 != evidence_hash(case.customer):
        raise EvidenceChanged("The evidence changed while the dismissal waited.")
    by = system_actor("policy")
    decision.policy = policy_in_force()
    settle(decision, DecisionState.APPROVED)
    move(case, found, by=by, closed_at=now())
    _take_effect(case, decision, by)
    record_decision(actions.DISMISSAL_IN_FORCE, decision, by, {"kind": decision.kind}, None)


@transaction.atomic
def _give_back(decision_id: UUID, reason: str) -> None:
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    case = locked_case(decision.case_id)
    found = transition("give dismissal back", case.status)
    if decision.state == DecisionState.PROPOSED and found is not None:
        settle(decision, DecisionState.RETURNED, note=reason)
        move(case, found, by=system_actor("policy"), reason=reason)
        record_decision(actions.DECISION_RETURNED, decision, system_actor("policy"), {"kind": decision.kind}, None)


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
        conditions=[vars(condition) for condition in conditions], evidence=evidence, evidence_sha256=snapshot_hash(evidence),
        settled_at=now(), approvals_needed=0,
    )  # fmt: skip
    move(fresh, found, by=by, closed_at=now())
    if fresh.customer.status != CustomerStatus.ACTIVE:
        set_customer_status(customer=fresh.customer, status=CustomerStatus.ACTIVE, by=by, stream=stream_of(fresh))
    case_decided.send(Case, case_id=fresh.pk)
    _start_workflows(fresh, decision, by)
    after = {"policy": policy.number, "conditions": [vars(condition) for condition in conditions]}
    record_decision(actions.DECIDED_BY_POLICY, decision, by, after, None)
    return decision, conditions
