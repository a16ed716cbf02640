"""Errors as problem documents."""

from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.test import APIClient

from core.api.errors import faults_from, problem_handler
from core.exceptions import Conflict, Fault, InvalidInput
from tests.factories.accounts import make_api_key


def test_faults_from_nested_detail_point_at_every_input() -> None:
    detail = {"customer": {"owners": [{}, {"name": ["is required"]}], "a/b": ["bad"]}, "non_field_errors": ["whole"]}
    pointers = [fault.pointer for fault in faults_from(detail)]
    assert pointers == ["/customer/owners/1/name", "/customer/a~1b", "/"]


def test_problem_of_a_probity_error_carries_code_faults_and_extra() -> None:
    error = InvalidInput("No name.", [Fault("/name", "is missing", "a name")], {"line": 3})
    answer = problem_handler(error, {})
    assert answer is not None
    assert answer.status_code == 422
    assert answer.data["errors"] == [{"pointer": "/name", "detail": "is missing", "suggestion": "a name"}]
    assert answer.data["line"] == 3


def test_what_an_error_adds_never_takes_the_place_of_a_standard_member() -> None:
    answer = problem_handler(Conflict("Changed.", extra={"status": "open", "seen_version": 1}), {})
    assert answer is not None
    assert (answer.status_code, answer.data["status"], answer.data["seen_version"]) == (409, 409, 1)


def test_problem_of_a_conflict_is_409() -> None:
    answer = problem_handler(Conflict("Changed."), {})
    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (409, "conflict")


def test_problem_of_an_unknown_error_says_nothing_of_its_inside() -> None:
    answer = problem_handler(RuntimeError("secret-marker"), {})
    assert answer is not None
    assert answer.status_code == 500
    assert "secret-marker" not in str(answer.data)


def test_problem_of_a_serializer_error_is_422() -> None:
    answer = problem_handler(ValidationError({"name": ["This field is required."]}), {})
    assert answer is not None
    assert answer.data["errors"][0]["pointer"] == "/name"


def test_problem_of_throttling_says_when_to_come_back() -> None:
    answer = problem_handler(Throttled(wait=4.2), {})
    assert answer is not None
    assert answer["Retry-After"] == "5"


def test_a_body_nested_beyond_reading_is_the_senders_error() -> None:
    answer = problem_handler(RecursionError(), {})
    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (400, "parse_error")


@pytest.mark.parametrize(("error", "status"), [(RequestDataTooBig(), 413), (SuspiciousOperation(), 400)])
def test_a_body_beyond_the_limits_is_the_senders_error(error: Exception, status: int) -> None:
    answer = problem_handler(error, {})
    assert answer is not None
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_method_that_is_not_offered_is_405_and_says_which_are(client: Client, method: str) -> None:
    answer = client.generic(method, "/api/v1/customers")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in answer["Allow"]


def _operations() -> list[Any]:
    paths = yaml.safe_load((settings.BASE_DIR / "openapi.yaml").read_text())["paths"]
    return [pytest.param(one, id=one["operationId"]) for path in paths.values() for one in path.values()]


@pytest.mark.parametrize("operation", _operations())
def test_every_operation_tells_its_problems(operation: Any) -> None:
    wanted = {"403", "503"}
    wanted |= {"401", "429"} if operation.get("security") else set()
    wanted |= {"400", "413", "415", "422"} if "requestBody" in operation else set()
    wanted |= {"404"} if any(one["in"] == "path" for one in operation.get("parameters", [])) else set()
    assert wanted <= operation["responses"].keys()


@pytest.mark.django_db
def test_a_body_beyond_what_is_taken_is_413_and_says_how_much_is(settings: Any) -> None:
    settings.JSON_BODY_BYTES = 1024 * 1024
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {make_api_key()[1]}")
    answer: Any = client.post("/api/v1/screen", {"name": "x" * settings.JSON_BODY_BYTES})
    assert (answer.status_code, answer.json()["code"], "1 MB" in answer.json()["detail"]) == (413, "too_large", True)
    paper = {"filename": "a.pdf", "content_base64": "eA==" * 300_000}
    sent: Any = client.post("/api/v1/submissions", {"customer": {}, "documents": [paper]})
    assert (sent.status_code, answer["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.django_db
def test_what_is_sent_or_asked_for_in_another_form_is_told_which_forms_there_are() -> None:
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {make_api_key()[1]}")
    sent: Any = client.post("/api/v1/transactions", "<x/>", content_type="application/xml")
    assert (sent.status_code, sent.json()["detail"]) == (
        415,
        "Send it as application/json, text/csv, application/x-ndjson.",
    )
    asked: Any = client.get("/api/v1/customers", HTTP_ACCEPT="text/csv")
    assert (asked.status_code, asked.json()["detail"]) == (406, "Accept application/json.")
    assert asked["Content-Type"] == "application/problem+json"
