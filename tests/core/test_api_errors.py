"""Errors as problem documents."""

from rest_framework.exceptions import Throttled, ValidationError

from core.api.errors import faults_from, problem_handler
from core.exceptions import Conflict, Fault, InvalidInput


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
