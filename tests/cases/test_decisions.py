"""Four eyes, evidence, policy: how a case is decided."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.exceptions import NotAPerson
from accounts.models import User
from audit.models import AuditEntry
from cases import services
from cases.enums import CaseStatus, DecisionKind, DecisionState
from cases.exceptions import (
    ApproverRoleTooLow,
    AssignedToSomebodyElse,
    EvidenceChanged,
    EvidenceUndecided,
    ProposerCannotApprove,
    TransitionNotPossible,
)
from cases.models import Case, Decision
from core.clock import now
from core.exceptions import Conflict, InvalidInput, PermissionRefused
from screening.services import screen_customer
from tests.factories.accounts import make_api_client, make_person
from tests.factories.cases import make_case, make_list

pytestmark = pytest.mark.django_db
WHY = "The evidence was examined in full."


@pytest.fixture
def analyst() -> User:
    return make_person(Role.ANALYST)


@pytest.fixture
def case(analyst: User) -> Case:
    made = make_case()
    services.need_person(case=made, code="test", sentence="a test", source_type="test", source_id=1)
    return services.claim_case(case_id=made.pk, by=analyst.actor)


def _propose(
    case: Case, by: User, kind: DecisionKind = DecisionKind.APPROVE, reason: str = "identity_verified"
) -> Decision:
    return services.propose_decision(case_id=case.pk, kind=kind, reason_code=reason, rationale=WHY, by=by.actor)


def test_a_decision_of_two_people_closes_the_case_and_sets_the_customer(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    case.refresh_from_db()
    assert (case.status, case.customer.status) == (CaseStatus.CLOSED, "active")


def test_the_proposer_cannot_approve(case: Case) -> None:
    reviewer = make_person(Role.REVIEWER)
    Case.objects.update(assignee=reviewer)
    decision = _propose(case, reviewer)
    with pytest.raises(ProposerCannotApprove):
        services.approve_decision(decision_id=decision.pk, by=reviewer.actor)


def test_the_database_refuses_one_person_as_both_eyes_under_any_code_path(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(approved_by=analyst)


def test_the_database_refuses_an_approval_by_nobody(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(state=DecisionState.APPROVED)


def test_an_analyst_cannot_approve(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    with pytest.raises(PermissionRefused):
        services.approve_decision(decision_id=decision.pk, by=make_person(Role.ANALYST).actor)


def test_a_program_cannot_propose(case: Case) -> None:
    with pytest.raises(NotAPerson):
        services.propose_decision(
            case_id=case.pk,
            kind=DecisionKind.APPROVE,
            reason_code="identity_verified",
            rationale=WHY,
            by=make_api_client().actor,
        )


def test_a_report_of_suspicion_needs_the_mlro(case: Case, analyst: User) -> None:
    for code in ("narrative", "tipping_off"):
        services.tick_checklist_item(case_id=case.pk, code=code, by=analyst.actor)
    decision = _propose(case, analyst, DecisionKind.FILE_SAR, "suspicious_activity")
    with pytest.raises(ApproverRoleTooLow):
        services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    services.approve_decision(decision_id=decision.pk, by=make_person(Role.MLRO).actor)


def test_approve_twice_is_refused(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    with pytest.raises(Conflict):
        services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)


def test_approve_after_the_evidence_changed_is_refused(case: Case, analyst: User, tmp_path: Path) -> None:
    decision = _propose(case, analyst)
    make_list(tmp_path, "Jane Citizen")
    screen_customer(customer=case.customer, by=analyst.actor)
    with pytest.raises(EvidenceChanged):
        services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)


def test_approval_with_an_open_hit_cannot_be_proposed(case: Case, analyst: User, tmp_path: Path) -> None:
    make_list(tmp_path, "Jane Citizen")
    screen_customer(customer=case.customer, by=analyst.actor)
    with pytest.raises(EvidenceUndecided):
        _propose(case, analyst)


def test_return_gives_the_case_back(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    services.return_decision(decision_id=decision.pk, note="say more", by=make_person(Role.REVIEWER).actor)
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_REVIEW


def test_propose_with_a_reason_of_another_decision_names_fitting_ones(case: Case, analyst: User) -> None:
    with pytest.raises(InvalidInput) as caught:
        _propose(case, analyst, DecisionKind.REJECT, "identity_verified")
    assert "sanctioned" in caught.value.faults[0].suggestion


def test_propose_with_a_stale_version_says_who_changed_the_case(case: Case, analyst: User) -> None:
    told = {
        "kind": DecisionKind.APPROVE,
        "reason_code": "identity_verified",
        "rationale": WHY,
        "version": case.version - 1,
    }
    with pytest.raises(Conflict) as caught:
        services.propose_decision(case_id=case.pk, **told, by=analyst.actor)
    assert caught.value.extra["current_version"] == case.version


def test_propose_on_a_case_of_somebody_else_is_refused(case: Case) -> None:
    with pytest.raises(AssignedToSomebodyElse):
        _propose(case, make_person(Role.ANALYST))


def test_propose_on_a_closed_case_says_what_is_possible(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    with pytest.raises(TransitionNotPossible, match="propose reopening"):
        _propose(case, analyst)


def test_claim_of_a_case_under_somebodys_lease_is_refused(case: Case) -> None:
    with pytest.raises(AssignedToSomebodyElse):
        services.claim_case(case_id=case.pk, by=make_person().actor)


def test_claim_after_the_lease_ran_out_takes_over(case: Case) -> None:
    Case.objects.update(lease_until=now() - timedelta(minutes=1))
    other = make_person()
    assert services.claim_case(case_id=case.pk, by=other.actor).assignee_id == other.pk


def test_claim_next_gives_the_most_urgent_and_never_the_same_twice(analyst: User) -> None:
    cases = [make_case(name=f"Person {number}") for number in range(3)]
    for case in cases:
        services.need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    Case.objects.filter(pk=cases[1].pk).update(priority=99)
    claimed = [services.claim_next_case(by=make_person().actor) for _ in range(4)]
    assert claimed[0] == cases[1]
    assert claimed[3] is None
    assert len({case.pk for case in claimed if case}) == 3


def test_a_snoozed_case_wakes_on_new_evidence(case: Case, analyst: User) -> None:
    services.snooze_case(case_id=case.pk, until=now() + timedelta(days=3), reason="waiting", by=analyst.actor)
    services.need_person(case=case, code="hit", sentence="a hit", source_type="hit", source_id=2)
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_REVIEW


def test_a_snoozed_case_wakes_when_its_time_has_come(case: Case, analyst: User) -> None:
    services.snooze_case(case_id=case.pk, until=now() + timedelta(days=3), reason="waiting", by=analyst.actor)
    Case.objects.update(snoozed_until=now() - timedelta(minutes=1))
    services.wake_snoozed_cases()
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_REVIEW


def test_snooze_into_the_past_is_refused(case: Case, analyst: User) -> None:
    with pytest.raises(InvalidInput):
        services.snooze_case(case_id=case.pk, until=now() - timedelta(days=1), reason="x", by=analyst.actor)


def test_escalated_case_goes_back_unassigned_with_more_priority(case: Case, analyst: User) -> None:
    before = case.priority
    escalated = services.escalate_case(case_id=case.pk, reason="over my head", by=analyst.actor)
    assert (escalated.assignee, escalated.priority) == (None, before + 10)


def test_reopening_needs_two_people(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    reviewer = make_person(Role.REVIEWER)
    services.approve_decision(decision_id=decision.pk, by=reviewer.actor)
    reopening = services.propose_reopening(case_id=case.pk, reason="new facts", by=reviewer.actor)
    with pytest.raises(ProposerCannotApprove):
        services.settle_reopening(reopening_id=reopening.pk, approve=True, by=reviewer.actor)
    services.settle_reopening(reopening_id=reopening.pk, approve=True, by=make_person(Role.MLRO).actor)
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_REVIEW


def test_the_whole_story_is_on_the_cases_stream_without_the_rationale_in_the_clear(case: Case, analyst: User) -> None:
    decision = _propose(case, analyst)
    services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    entries = AuditEntry.objects.filter(stream=f"case:{case.number}")
    assert {"cases.case_opened", "cases.decision_proposed", "cases.decision_approved"} <= set(
        entries.values_list("action", flat=True)
    )
    assert not [entry for entry in entries if WHY.encode() in bytes(entry.body)]
