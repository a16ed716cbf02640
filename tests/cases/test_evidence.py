"""What a decision rests on, and what changed since it was proposed."""

from pathlib import Path

import pytest

from accounts.enums import Role
from cases.evidence import changes_of_evidence, evidence_snapshot, snapshot_hash
from cases.models import Case, Decision
from cases.services import claim_case, need_person, propose_decision
from screening.services import screen_customer
from tests.factories.accounts import make_person
from tests.factories.cases import make_case, make_list
from tests.factories.documents import make_read_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed() -> tuple[Case, Decision]:
    case, analyst = make_case(), make_person(Role.ANALYST)
    need_person(case=case, code="test", sentence="a test", source_type="test", source_id=1)
    claim_case(case_id=case.pk, by=analyst.actor)
    decision = propose_decision(
        case_id=case.pk, kind="reject", reason_code="sanctioned", rationale="The listed person.", by=analyst.actor
    )
    return case, decision


def test_proposal_keeps_the_evidence_that_its_hash_is_of(proposed: tuple[Case, Decision]) -> None:
    decision = Decision.objects.get(pk=proposed[1].pk)
    assert snapshot_hash(decision.evidence) == decision.evidence_sha256


def test_nothing_changed_says_nothing(proposed: tuple[Case, Decision]) -> None:
    case, decision = proposed
    assert changes_of_evidence(case.customer, decision.evidence) == []


def test_new_hit_and_document_are_told_in_words(proposed: tuple[Case, Decision], tmp_path: Path) -> None:
    case, decision = proposed
    make_list(tmp_path, "Jane Citizen")
    screen_customer(customer=case.customer, by=make_person(Role.ANALYST).actor)
    make_read_document(case.customer)
    told = " ".join(changes_of_evidence(case.customer, decision.evidence))
    assert "Hit on Test list (1.00) is new: open." in told
    assert "Document “Passport” is new: Verified." in told


def test_snapshot_holds_no_personal_data(proposed: tuple[Case, Decision]) -> None:
    assert "Jane" not in str(evidence_snapshot(proposed[0].customer))
