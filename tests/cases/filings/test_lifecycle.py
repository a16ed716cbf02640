"""From the case to the acknowledged report: prefilled, four eyes, clocks, corrections; every step on the record."""

from datetime import date, timedelta

import pytest

from accounts.enums import Role
from accounts.models import User
from audit.selectors import entries_for_stream
from cases.filings import services
from cases.filings.enums import FilingKind, FilingState
from cases.filings.exceptions import AuthorCannotSettle, FilingIncomplete, FilingNotInState
from cases.filings.form.clocks import clocks
from cases.filings.models import Filing
from cases.filings.selectors import clocks_of, data_of
from cases.models import Case
from cases.services.opening import stream_of
from core.clock import today
from core.exceptions import Conflict, InvalidInput, PermissionRefused
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.filings import INSTITUTION, STORY, make_filing, make_filing_profile
from tests.factories.monitoring import make_alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(addresses=(), identifiers=())


@pytest.fixture
def mlro() -> User:
    return make_person(Role.MLRO)


def _approved(case: Case, mlro: User) -> Filing:
    filing = make_filing(case)
    services.review_filing(filing_id=filing.pk, by=make_person(Role.REVIEWER).actor)
    return services.approve_filing(filing_id=filing.pk, by=mlro.actor)


def _filed(case: Case, mlro: User) -> Filing:
    filing = _approved(case, mlro)
    return services.file_filing(filing_id=filing.pk, filed_on=today(), by=mlro.actor)


def test_a_report_is_prefilled_with_subject_transactions_and_a_draft_that_cites_its_evidence(case: Case) -> None:
    alert = make_alert(case.customer)
    reviewer = make_person(Role.REVIEWER)
    filing = services.open_filing(case=case, profile=make_filing_profile(), by=reviewer.actor)
    data = data_of(filing)
    assert (data.subjects[0].last_name, data.subjects[0].first_name) == ("Citizen", "Jane")
    assert data.institution == INSTITUTION
    assert {row.evidence_id for row in data.transactions} == {
        str(pk) for pk in alert.findings.values_list("transaction", flat=True)
    }
    cited = {(item.kind, item.evidence_id) for item in data.narrative.citations}
    assert ("alert", str(alert.pk)) in cited
    assert all(f"[{item.mark}]" in data.narrative.text for item in data.narrative.citations)


def test_a_whole_life_is_on_the_cases_record(case: Case, mlro: User) -> None:
    filing = _filed(case, mlro)
    answer = b'<EFilingBatchXML StatusCode="A"><EFilingActivityXML SeqNum="3"><BSAID>31000055053784</BSAID></EFilingActivityXML></EFilingBatchXML>'
    filing = services.take_in_answer(filing_id=filing.pk, content=answer, by=mlro.actor)
    assert (filing.state, filing.receiver_number) == (FilingState.ACKNOWLEDGED, "31000055053784")
    actions = set(entries_for_stream(stream_of(case)).values_list("action", flat=True))
    assert actions >= {
        f"filings.filing_{step}" for step in ("opened", "edited", "reviewed", "approved", "filed", "acknowledged")
    }


def test_whoever_wrote_some_of_it_neither_reviews_nor_approves(case: Case, mlro: User) -> None:
    filing = make_filing(case)
    with pytest.raises(AuthorCannotSettle):
        services.review_filing(filing_id=filing.pk, by=filing.author.actor)
    services.save_section(filing_id=filing.pk, section="narrative", value={"text": STORY * 4}, by=mlro.actor)
    services.review_filing(filing_id=filing.pk, by=make_person(Role.REVIEWER).actor)
    with pytest.raises(AuthorCannotSettle):
        services.approve_filing(filing_id=filing.pk, by=mlro.actor)
    with pytest.raises(PermissionRefused):
        services.approve_filing(filing_id=filing.pk, by=make_person(Role.REVIEWER).actor)


def test_an_edit_after_the_review_makes_it_a_draft_again(case: Case) -> None:
    filing = make_filing(case)
    services.review_filing(filing_id=filing.pk, by=make_person(Role.REVIEWER).actor)
    edited = services.save_section(
        filing_id=filing.pk, section="narrative", value={"text": STORY * 5}, by=filing.author.actor
    )
    assert (edited.state, edited.reviewed_by) == (FilingState.DRAFT, None)


def test_an_incomplete_report_is_not_reviewed_and_every_gap_is_named(case: Case) -> None:
    filing = services.open_filing(case=case, profile=make_filing_profile(), by=make_person(Role.REVIEWER).actor)
    with pytest.raises(FilingIncomplete) as refused:
        services.review_filing(filing_id=filing.pk, by=make_person(Role.MLRO).actor)
    assert {"/activity/from_on", "/activity/classes", "/narrative/text"} <= {
        fault.pointer for fault in refused.value.faults
    }


def test_two_people_editing_one_version_conflict(case: Case) -> None:
    filing = make_filing(case)
    services.save_section(
        filing_id=filing.pk, section="narrative", value={"text": "a"}, version=filing.version, by=filing.author.actor
    )
    with pytest.raises(Conflict):
        services.save_section(
            filing_id=filing.pk,
            section="narrative",
            value={"text": "b"},
            version=filing.version,
            by=filing.author.actor,
        )


def test_what_cannot_be_kept_is_told_at_its_field(case: Case) -> None:
    filing = make_filing(case)
    with pytest.raises(InvalidInput) as refused:
        services.save_section(
            filing_id=filing.pk, section="activity", value={"amount_is": "much"}, by=filing.author.actor
        )
    assert refused.value.faults[0].pointer == "/activity/amount_is"


def test_a_filed_report_is_not_edited_but_corrected(case: Case, mlro: User) -> None:
    filing = _filed(case, mlro)
    services.take_in_answer(filing_id=filing.pk, number="31000055053784", by=mlro.actor)
    with pytest.raises(FilingNotInState):
        services.save_section(filing_id=filing.pk, section="narrative", value={"text": "x"}, by=filing.author.actor)
    correction = services.follow_filing(filing_id=filing.pk, kind=FilingKind.CORRECTION, by=filing.author.actor)
    data = data_of(correction)
    assert (data.report.kind, data.report.prior_number, correction.previous) == ("correction", "31000055053784", filing)


def test_a_continuing_report_is_due_120_days_after_the_last_and_adds_the_amounts_up(case: Case, mlro: User) -> None:
    filing = _filed(case, mlro)
    goes_on = services.follow_filing(filing_id=filing.pk, kind=FilingKind.CONTINUING, by=filing.author.actor)
    assert goes_on.due_on == today() + timedelta(120)
    assert data_of(goes_on).activity.cumulative == 12500
    assert clocks_of(filing).review_on == today() + timedelta(90)


def test_the_xml_taken_out_is_the_one_that_is_kept(case: Case, mlro: User) -> None:
    filing = _approved(case, mlro)
    taken = services.take_out_xml(filing_id=filing.pk, by=mlro.actor)
    filed = services.file_filing(filing_id=filing.pk, filed_on=today(), by=mlro.actor)
    assert (taken.xml_sha256, len(taken.xml) > 1000) == (filed.xml_sha256, True)


@pytest.mark.parametrize("days", [1, -1])
def test_it_is_filed_between_the_approval_and_today(case: Case, mlro: User, days: int) -> None:
    filing = _approved(case, mlro)
    with pytest.raises(InvalidInput):
        services.file_filing(filing_id=filing.pk, filed_on=today() + timedelta(days), by=mlro.actor)


def test_clocks_count_30_days_60_without_a_suspect_and_what_the_receiver_says() -> None:
    day = date(2026, 1, 1)
    assert clocks(day, suspect_known=True).due_on == date(2026, 1, 31)
    assert clocks(day, suspect_known=False).due_on == date(2026, 3, 2)
    assert clocks(day, suspect_known=True, days=3).due_on == date(2026, 1, 4)
    assert clocks(day, suspect_known=True).days_left(date(2026, 2, 1)) == -1
