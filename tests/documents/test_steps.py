"""The workflow action verify_document, with real children reading."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from customers.models import Customer
from documents.enums import DocumentState
from documents.models import Document
from documents.services import ocr_settings
from documents.steps import VerifyDocument
from tests.factories.customers import make_customer
from tests.factories.documents import TESTER, draw_page, draw_passport, make_document, make_pdf
from workflows.engine.registry import StepContext, StepOutcome
from workflows.exceptions import StepFailed

pytestmark = pytest.mark.django_db


def context_of(customer: Customer) -> StepContext:
    return StepContext(
        run_id=uuid4(), step_id=uuid4(), step_name="Document Verification", attempt=1, subject_type="case",
        subject_id=uuid4(), inputs={"customer_id": str(customer.pk)}, parameters={}, outputs={}, stream="case:7", by=TESTER,
    )  # fmt: skip


def run_step(customer: Customer) -> StepOutcome:
    action, context = VerifyDocument(), context_of(customer)
    worked = action.work(context)
    with transaction.atomic():
        return action.commit(context, worked)


def test_verify_document_reads_every_document_of_the_customer() -> None:
    customer = make_customer()
    bill, junk = (
        make_document(customer, make_pdf("Electricity bill 312 kWh\nJane Citizen")),
        make_document(customer, b"junk"),
    )
    outcome = run_step(customer)
    assert outcome.output == {
        "total": 2, "verified": 1, "doubtful": 0, "refused": 1, "read": 2, "reasons": ["unsupported_type"],
        "outcome": "needs_person",
    }  # fmt: skip
    states = dict(Document.objects.values_list("pk", "state"))
    assert states == {bill.pk: DocumentState.VERIFIED, junk.pk: DocumentState.REFUSED}


def test_verify_document_of_a_passport_scan_verifies_it(settings: object, mrz_model: Path) -> None:
    settings.MRZ_MODEL = str(mrz_model)  # type: ignore[attr-defined]
    document = make_document(make_customer(), draw_passport())
    run_step(document.customer)
    document.refresh_from_db()
    assert document.state == DocumentState.VERIFIED
    assert document.pages.get().width == 1250


def test_verify_document_twice_reads_once() -> None:
    customer = make_customer()
    make_document(customer, b"junk")
    run_step(customer)
    assert run_step(customer).output["read"] == 0


def test_verify_document_without_any_engine_is_tried_again(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.MRZ_MODEL = "/nowhere"  # type: ignore[attr-defined]
    customer = make_customer()
    make_document(customer, draw_page("text"))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StepFailed) as failure:
        run_step(customer)
    assert failure.value.retry


def test_ocr_settings_without_the_model_name_none(settings: object) -> None:
    settings.MRZ_MODEL = "/nowhere/mrz.traineddata"  # type: ignore[attr-defined]
    assert ocr_settings().mrz_model is None
