"""The definitions that ship, each to its end, with real parts."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from accounts.enums import Role
from audit.models import AuditEntry
from cases.enums import CaseStatus, DecisionKind
from cases.models import Case
from cases.services import approve_decision, claim_case, ensure_case_configuration, propose_decision
from core.actor import system_actor
from core.clock import now
from customers.enums import CustomerStatus, PartyKind
from customers.models import Customer
from documents.models import Document
from monitoring.enums import ModelState
from monitoring.models import ModelVersion
from monitoring.services import keep_model
from screening.services import import_articles, set_source
from tests.factories.accounts import make_api_client, make_person
from tests.factories.cases import make_case, make_list
from tests.factories.customers import make_customer
from tests.factories.documents import make_pdf
from tests.factories.monitoring import make_scenario, make_transaction
from workflows import services
from workflows.enums import RunState, StepState
from workflows.models import LongWork, Run, StepRun, Workflow
from workflows.runner import run_step
from workflows.selectors import due_steps

pytestmark = pytest.mark.django_db
BY = system_actor("tests")
FIRST_ISSUE = """workflow:
  name: "KYC Onboarding"
  trigger: "new_customer"
  steps:
    - name: "Document Verification"
      action: "verify_document"
    - name: "Sanctions Screening"
      action: "screen_against_lists"
    - name: "Risk Rating"
      action: "rate_customer"
    - name: "Human Review"
      action: "await_decision"
    - name: "Audit Logging"
      action: "log_audit_trail"
"""


@pytest.fixture(autouse=True)
def _configured(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT, settings.INGEST_FOLDER = tmp_path / "store", tmp_path / "ingest"
    services.ensure_shipped_workflows()
    ensure_case_configuration()


def _work() -> None:
    while due := due_steps(50):
        for step in due:
            run_step(step)


def _started(name: str) -> Run:
    """A run of a scheduled or manual workflow, started by hand and worked."""
    workflow = Workflow.objects.get(name=name)
    run = services.start_manually(workflow_id=workflow.pk, inputs={}, by=BY)
    _work()
    run.refresh_from_db()
    assert run.state == RunState.DONE, list(run.steps.values_list("name", "state", "reason"))
    return run


def _decided(case: Case) -> None:
    analyst = make_person()
    claim_case(case_id=case.pk, by=analyst.actor)
    told = {"kind": DecisionKind.REJECT, "reason_code": "identity_not_verified", "rationale": "no document came"}
    decision = propose_decision(case_id=case.pk, **told, by=analyst.actor)
    approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    _work()


def _states(run: Run) -> dict[str, str]:
    return dict(run.steps.values_list("name", "state"))


def test_the_text_of_the_first_issue_runs_unchanged() -> None:
    Workflow.objects.filter(name__startswith="KYC Onboarding,").update(trigger="manual")
    assert services.publish_workflow(text=FIRST_ISSUE, by=BY).number == 1
    case = make_case()
    _work()
    assert Run.objects.get().state == RunState.WAITING
    _decided(case)
    run = Run.objects.get()
    assert (run.version.workflow.name, run.state) == ("KYC Onboarding", RunState.DONE)
    assert set(_states(run).values()) == {StepState.DONE}


@pytest.mark.parametrize("kind", [PartyKind.PERSON, PartyKind.ORGANISATION])
def test_onboarding_runs_its_controls_side_by_side_and_waits_for_people(kind: PartyKind) -> None:
    case = make_case(kind=kind, name="Fiktion Holding")
    run = Run.objects.get()
    assert run.version.workflow.name == f"KYC Onboarding, {kind.label}"
    assert run.steps.count() == 3
    _work()
    _decided(case)
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_onboarding_finds_an_article_that_was_there_before(tmp_path: Path) -> None:
    text = (
        "Prosecutors charged Otto Fiktion with fraud and money laundering; he was accused of a Ponzi scam and arrested."
    )
    (tmp_path / "article.txt").write_text(text)
    import_articles(path=tmp_path / "article.txt", source="Fictional Times")
    case = make_case(name="Otto Fiktion")
    _work()
    assert case.customer.media_hits.count() == 1
    assert case.reasons.filter(code="adverse_media").count() == 1


def _reviewed_long_ago() -> Customer:
    case = make_case()
    long_ago = now() - timedelta(days=1200)
    Run.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.CLOSED, closed_at=long_ago)
    Customer.objects.update(status=CustomerStatus.ACTIVE, created_at=long_ago)
    return case.customer


def test_a_customer_whose_review_is_due_is_reviewed_by_people_once() -> None:
    customer = _reviewed_long_ago()
    _started("Periodic Review")
    review = Run.objects.get(version__workflow__name="Customer Review")
    case = Case.objects.get(pk=review.subject_id)
    assert (case.customer, case.reasons.filter(code="periodic_review").count()) == (customer, 1)
    assert (review.state, review.stream) == (RunState.WAITING, f"case:{case.number}")
    assert _started("Periodic Review").steps.get(name="Find Customers").output["count"] == 0
    _decided(case)
    review.refresh_from_db()
    assert review.state == RunState.DONE


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - 60, time.time() - 60))


def _trails() -> list[dict[str, Any]]:
    entries = AuditEntry.objects.filter(action="cases.document_trail_logged")
    return [json.loads(bytes(entry.body))["after"] for entry in entries]


def test_a_daily_batch_ends_in_an_audit_entry_a_file_and_its_exceptions_before_people(tmp_path: Path) -> None:
    client = make_api_client(name="daily batch")
    customer = make_customer(client=client)
    batch = tmp_path / "ingest" / "daily"
    _put(batch / f"{customer.external_id}__bill.pdf", make_pdf("Electricity bill 312 kWh\nJane Citizen"))
    _put(batch / f"{customer.external_id}__junk.bin", b"no document")
    run = _started("compliance_ingest")
    assert run.steps.get(name="Ingest").output["count"] == 2
    trails = {trail["sha256"]: trail for trail in _trails()}
    assert set(trails) == set(Document.objects.filter(customer=customer).values_list("sha256", flat=True))
    assert {trail["outcome"] for trail in trails.values()} == {"approved by the published rules", "to a person"}
    assert {"compliant", "document_type", "failed"} <= set(next(iter(trails.values())))
    assert customer.cases.get().reasons.filter(code="document_exception").count() == 1
    assert _started("compliance_ingest").steps.get(name="Ingest").output["count"] == 0


def test_a_daily_batch_without_a_folder_ends_at_once() -> None:
    assert _states(_started("compliance_ingest"))["Audit Record"] == StepState.SKIPPED


def test_daily_monitoring_scores_whoever_had_transactions() -> None:
    make_scenario()
    customer = make_transaction().customer
    Customer.objects.filter(pk=customer.pk).update(status=CustomerStatus.ACTIVE)
    step = _started("Daily Transaction Monitoring").steps.get(name="Score Transactions")
    assert (step.state, step.output["transactions"]) == (StepState.DONE, 1)


def test_model_health_without_a_model_has_nothing_to_do() -> None:
    run = _started("Model Health")
    assert run.steps.get(name="Check").output == {
        "has_champion": False, "drifts": False, "is_less_precise": False, "is_due": False,
    }  # fmt: skip
    assert {name: state for name, state in _states(run).items() if state == StepState.SKIPPED}.keys() == {
        "Train",
        "Tell",
        "Tell of Precision",
    }


def test_model_health_trains_and_tells_where_the_champion_drifts() -> None:
    champion = keep_model(domain="finance", content=b"", checksum="0" * 64, manifest={}, metrics={}, by=BY)
    ModelVersion.objects.filter(pk=champion.pk).update(state=ModelState.CHAMPION, drift={"amount": 0.1, "in_7d": 0.4})
    run = _started("Model Health")
    told = run.steps.get(name="Check").output
    assert (told["drifts"], told["worst_shift"], told["is_due"], told["new_labels"]) == (True, 0.4, True, 0)
    assert list(LongWork.objects.order_by("created_at").values_list("kind", flat=True)) == [
        "model scoring",
        "model training",
    ]
    assert _states(run)["Tell"] == StepState.DONE


def test_a_list_is_refreshed_and_whoever_was_not_screened_is(settings: Settings, tmp_path: Path) -> None:
    make_list(tmp_path, "Somebody Entirely Different")
    customer = make_customer()
    settings.LIST_FOLDER = tmp_path / "lists"
    _put(settings.LIST_FOLDER / "own.csv", b"source_id,schema,name\nT-1,Person,Otto Fiktion\n")
    set_source(name="Own", format="internal_csv", location="own.csv", every_hours=24, activates_itself=True, by=BY)
    run = _started("List Refresh")
    assert run.steps.get(name="Refresh Lists").output["new_versions"] == 1
    assert StepRun.objects.get(run=run, name="Screen Again").item == {"customer_id": str(customer.pk)}
    assert _states(_started("List Refresh"))["Screen Again"] == StepState.SKIPPED


def test_the_nightly_sample_draws_below_every_live_line() -> None:
    make_scenario()
    step = _started("Nightly Below-the-Line Sample").steps.get(name="Draw the Sample")
    assert (step.state, step.output["items"]) == (StepState.DONE, 0)
    assert step.output["scenarios"] > 0


def test_the_nightly_second_look_draws_decided_alerts() -> None:
    step = _started("Nightly Second Look").steps.get(name="Draw Decisions")
    assert (step.state, step.output["items"]) == (StepState.DONE, 0)
