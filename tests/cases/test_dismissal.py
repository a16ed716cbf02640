"""Dismissing a case, with and without another person; two levels of approval."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import User
from cases import services
from cases.blueprints.eyes import DEFAULT_EYES
from cases.enums import CaseStatus, DecisionKind, DecisionState
from cases.exceptions import EvidenceUndecided, ProposerCannotApprove
from cases.models import Case, Decision
from cases.policies import DEFAULT_RULES
from core.clock import now
from core.exceptions import PermissionRefused
from customers.enums import CustomerStatus
from customers.models import Customer
from monitoring.models import Alert
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_alert, make_transaction

pytestmark = pytest.mark.django_db
WHY = "Known salary payments, as before."


def _policy(*rows: dict[str, object]) -> None:
    services.publish_decision_policy(rules=DEFAULT_RULES | {"four_eyes": [*rows]}, by=make_person().actor)


@pytest.fixture
def analyst() -> User:
    return make_person(Role.ANALYST)


@pytest.fixture
def case(analyst: User) -> Case:
    services.ensure_case_configuration()
    customer = make_customer()
    Customer.objects.update(status=CustomerStatus.ACTIVE)
    customer.refresh_from_db()
    alert = make_alert(customer)
    return services.claim_case(case_id=alert.customer.cases.get().pk, by=analyst.actor)


def _dismiss(case: Case, by: User) -> Decision:
    return services.propose_decision(
        case_id=case.pk, kind=DecisionKind.DISMISS, reason_code="usual_business", rationale=WHY, by=by.actor
    )


def _let_pass() -> None:
    Decision.objects.update(takes_effect_at=now() - timedelta(seconds=1))
    services.put_dismissals_into_force()


def test_a_dismissal_the_policy_lets_pass_takes_effect_later_and_decides_the_alerts(case: Case, analyst: User) -> None:
    _policy({"decisions": ["dismiss"], "from_amount": 0, "eyes": "none"})
    decision = _dismiss(case, analyst)
    services.put_dismissals_into_force()
    assert Case.objects.get().status == CaseStatus.PROPOSED
    _let_pass()
    decision.refresh_from_db()
    assert (decision.state, decision.approved_by) == (DecisionState.APPROVED, None)
    assert Case.objects.get().status == CaseStatus.CLOSED
    assert Alert.objects.get().decision.reason_code == "usual_business"


def test_a_withdrawn_dismissal_takes_no_effect(case: Case, analyst: User) -> None:
    _policy({"decisions": ["dismiss"], "from_amount": 0, "eyes": "none"})
    services.withdraw_decision(decision_id=_dismiss(case, analyst).pk, by=analyst.actor)
    _let_pass()
    assert Case.objects.get().status == CaseStatus.IN_REVIEW
    assert Alert.objects.get().state == "open"


def test_only_the_proposer_withdraws(case: Case, analyst: User) -> None:
    with pytest.raises(PermissionRefused):
        services.withdraw_decision(decision_id=_dismiss(case, analyst).pk, by=make_person().actor)


def test_a_dismissal_on_changed_evidence_goes_back(case: Case, analyst: User) -> None:
    _policy({"decisions": ["dismiss"], "from_amount": 0, "eyes": "none"})
    decision = _dismiss(case, analyst)
    case.customer.party.claim_version()
    _let_pass()
    decision.refresh_from_db()
    assert decision.state == DecisionState.RETURNED
    assert Case.objects.get().status == CaseStatus.IN_REVIEW


def test_a_dismissal_above_the_amount_needs_another_person(case: Case, analyst: User) -> None:
    make_transaction(case.customer)
    Case.objects.update(amount_flagged=50_000, rating="low")
    _policy(*DEFAULT_EYES)
    decision = _dismiss(case, analyst)
    assert (decision.approvals_needed, decision.takes_effect_at) == (1, None)
    services.approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    assert Alert.objects.get().disposition == "explained"


def test_two_levels_need_two_others(case: Case, analyst: User) -> None:
    _policy({"decisions": ["dismiss"], "topics": ["alert"], "from_amount": 0, "eyes": "two"})
    decision = _dismiss(case, analyst)
    reviewer = make_person(Role.REVIEWER)
    services.approve_decision(decision_id=decision.pk, by=reviewer.actor)
    assert Case.objects.get().status == CaseStatus.PROPOSED
    with pytest.raises(ProposerCannotApprove):
        services.approve_decision(decision_id=decision.pk, by=reviewer.actor)
    services.approve_decision(decision_id=decision.pk, by=make_person(Role.MLRO).actor)
    assert Case.objects.get().status == CaseStatus.CLOSED


def test_an_onboarding_is_not_dismissed(case: Case, analyst: User) -> None:
    Customer.objects.update(status=CustomerStatus.ONBOARDING)
    with pytest.raises(EvidenceUndecided):
        _dismiss(case, analyst)
