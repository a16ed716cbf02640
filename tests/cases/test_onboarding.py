"""A submission from the API to its end, with the real workflow run step by step."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from cases.enums import CaseStatus, DecisionKind
from cases.models import Case, Submission
from cases.services import (
    approve_decision,
    claim_case,
    ensure_case_configuration,
    propose_decision,
    tick_checklist_item,
)
from documents.enums import DocumentState
from documents.models import Document
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.cases import make_list, make_submission
from workflows.models import Run, StepRun
from workflows.runner import run_step
from workflows.selectors import due_steps
from workflows.services import ensure_shipped_workflows

pytestmark = pytest.mark.django_db
CUSTOMER = {
    "external_id": "A-1",
    "kind": "person",
    "name": "Jane Citizen",
    "birth_date": "1984-06-07",
    "nationalities": ["AU"],
}


@pytest.fixture(autouse=True)
def _configured() -> None:
    ensure_shipped_workflows()
    ensure_case_configuration()


@pytest.fixture
def api(client: Client) -> Any:
    _, key = make_api_key()

    def call(method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {key}", **headers}
        data = json.dumps(body) if body is not None else None
        return client.generic(method, f"/api/v1/{path}", data or "", content_type="application/json", headers=sent)

    return call


def _work() -> None:
    """Everything that is due, as the dispatcher would."""
    while due := due_steps(10):
        for step in due:
            run_step(step)


def _verified(case: Case) -> None:
    """A document that a worker read and found good."""
    Document.objects.create(
        customer=case.customer, filename="p.jpg", sha256="0" * 64, size=1, state=DocumentState.VERIFIED
    )


def test_a_submission_is_accepted_at_once_and_durable(api: Any) -> None:
    answer = api("POST", "submissions", {"customer": CUSTOMER})
    assert answer.status_code == 202
    assert answer["Location"] == answer.json()["status_url"]
    assert (Run.objects.count(), set(StepRun.objects.values_list("state", flat=True))) == (1, {"pending"})


def test_a_clean_customer_is_approved_by_the_policy_with_every_condition_kept(api: Any, tmp_path: Path) -> None:
    make_list(tmp_path, "Somebody Entirely Different")
    customer = CUSTOMER | {"product": "savings", "channel": "branch", "occupation": "teacher"}
    body = api("POST", "submissions", {"customer": customer}).json()
    case = Case.objects.get()
    _verified(case)
    _work()
    status = api("GET", f"submissions/{body['id']}").json()
    assert (status["state"], status["decision"]["automatic"]) == ("decided", True)
    assert all(condition["holds"] for condition in case.decisions.get().conditions)


def test_a_customer_without_a_document_waits_for_a_person_with_reasons(api: Any, tmp_path: Path) -> None:
    make_list(tmp_path, "Somebody Entirely Different")
    api("POST", "submissions", {"customer": CUSTOMER})
    _work()
    case = Case.objects.get()
    assert case.needs_person_since is not None
    assert "Verified documents: 0" in " ".join(case.reasons.values_list("sentence", flat=True))


def test_a_customer_without_an_active_list_is_never_approved_by_the_policy(api: Any) -> None:
    api("POST", "submissions", {"customer": CUSTOMER})
    _verified(Case.objects.get())
    _work()
    assert Case.objects.get().status == CaseStatus.NEW


def test_a_file_that_is_no_document_is_refused_with_words_and_the_submission_kept(api: Any) -> None:
    file = {"filename": "x.pdf", "content_base64": base64.b64encode(b"no document").decode()}
    body = api("POST", "submissions", {"customer": CUSTOMER, "documents": [file]}).json()
    _work()
    document = api("GET", f"submissions/{body['id']}").json()["documents"][0]
    assert document["state"] == "refused"
    assert "no document that can be read" in document["message"]


def test_the_run_goes_on_after_two_people_decided(api: Any) -> None:
    body = api("POST", "submissions", {"customer": CUSTOMER}).json()
    _work()
    analyst, case = make_person(), Case.objects.get()
    claim_case(case_id=case.pk, by=analyst.actor)
    told = {"kind": DecisionKind.REJECT, "reason_code": "identity_not_verified", "rationale": "no document came"}
    decision = propose_decision(case_id=case.pk, **told, by=analyst.actor)
    approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    _work()
    assert Run.objects.get().state == "done"
    assert api("GET", f"submissions/{body['id']}").json()["decision"]["kind"] == "reject"


def test_a_report_of_suspicion_is_not_told_to_the_sender(api: Any) -> None:
    body = api("POST", "submissions", {"customer": CUSTOMER}).json()
    _work()
    analyst, case = make_person(), Case.objects.get()
    claim_case(case_id=case.pk, by=analyst.actor)
    for code in ("narrative", "tipping_off"):
        tick_checklist_item(case_id=case.pk, code=code, by=analyst.actor)
    told = {"kind": DecisionKind.FILE_SAR, "reason_code": "suspicious_activity", "rationale": "most suspicious"}
    decision = propose_decision(case_id=case.pk, **told, by=analyst.actor)
    before = api("GET", f"submissions/{body['id']}").json()
    approve_decision(decision_id=decision.pk, by=make_person(Role.MLRO).actor)
    assert api("GET", f"submissions/{body['id']}").json() == before


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "/customer/name"),
        ({"birth_date": "2999-01-01"}, "/customer/birth_date"),
        ({"nationalities": ["QQ"]}, "/customer/nationalities/0"),
        ({"external_id": None}, "/customer/external_id"),
        ({"surprise": 1}, "/customer/surprise"),
        ({"owners": [{"kind": "person"}]}, "/customer/owners/0/name"),
    ],
)
def test_bad_input_answers_a_problem_with_a_pointer_and_stores_nothing(
    api: Any, change: dict[str, object], pointer: str
) -> None:
    answer = api("POST", "submissions", {"customer": CUSTOMER | change})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("body", [[], "text", 7, {"customer": []}, {}])
def test_a_body_of_another_shape_answers_422(api: Any, body: Any) -> None:
    assert api("POST", "submissions", body).status_code == 422


def test_bytes_that_are_no_base64_answer_a_pointer(api: Any) -> None:
    answer = api("POST", "submissions", {"customer": CUSTOMER, "documents": [{"filename": "a", "content_base64": "?"}]})
    assert answer.json()["errors"][0]["pointer"] == "/documents/0/content_base64"


def test_multipart_with_files_is_accepted(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    _, key = make_api_key()
    data = {"submission": json.dumps({"customer": CUSTOMER}), "documents": SimpleUploadedFile("a.png", b"x")}
    assert client.post("/api/v1/submissions", data, headers={"Authorization": f"Bearer {key}"}).status_code == 202
    assert Document.objects.get().filename == "a.png"


def test_the_same_idempotency_key_and_body_give_the_stored_answer(api: Any) -> None:
    first = api("POST", "submissions", {"customer": CUSTOMER}, **{"Idempotency-Key": "k1"})
    again = api("POST", "submissions", {"customer": CUSTOMER}, **{"Idempotency-Key": "k1"})
    assert (again.status_code, again.json()) == (202, first.json())
    assert Submission.objects.count() == 1


def test_the_same_idempotency_key_with_another_body_is_409(api: Any) -> None:
    api("POST", "submissions", {"customer": CUSTOMER}, **{"Idempotency-Key": "k1"})
    other = api("POST", "submissions", {"customer": CUSTOMER | {"name": "Other"}}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_a_submission_of_another_client_is_not_found(api: Any) -> None:
    assert api("GET", f"submissions/{make_submission(make_api_client()).pk}").status_code == 404


def test_a_program_sees_no_case(api: Any) -> None:
    submission = make_submission()
    assert api("GET", f"cases/{submission.case_id}").status_code == 403


def test_a_submission_without_a_key_is_401(client: Client) -> None:
    assert client.post("/api/v1/submissions", {}, content_type="application/json").status_code == 401
