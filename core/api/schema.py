"""What every operation can answer besides its success, in the OpenAPI document: problem documents, told from one place."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from core.api.errors import PROBLEM_JSON, TITLES

Operation = dict[str, Any]
_TEXT = {"type": "string"}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. Branch on `code`; some codes carry members of their own.",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": _TEXT | {"description": "`urn:probity:problem:` and the code"},
        "title": _TEXT | {"description": "the kind of problem, for people"},
        "status": {"type": "integer"},
        "code": _TEXT | {"description": "stays as it is over versions"},
        "detail": _TEXT | {"description": "what is wrong this time, for people; never personal data"},
        "request_id": _TEXT | {"description": "finds the line in the log"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemFault"}},
    },
    "additionalProperties": True,
}
FAULT: dict[str, Any] = {
    "type": "object",
    "required": ["pointer", "detail"],
    "properties": {
        "pointer": _TEXT | {"description": "JSON pointer (RFC 6901) into what was sent"},
        "detail": _TEXT | {"description": "what is wrong there"},
        "suggestion": _TEXT | {"description": "what would be right"},
    },
}
_CODES = {  # the usual code of a status, for the example
    400: "parse_error", 401: "authentication_failed", 403: "permission_refused", 404: "not_found", 406: "not_acceptable",
    409: "conflict", 413: "too_large", 415: "unsupported_media_type", 422: "invalid_input", 429: "throttled", 503: "overloaded",
}  # fmt: skip
_HEADERS = {
    401: {"WWW-Authenticate": {"schema": _TEXT, "description": "`Bearer`"}},
    429: {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}},
    503: {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds, where waiting helps"}},
}


def _changes(method: str, operation: Operation) -> bool:
    return method != "get"


def _is_signed_in(method: str, operation: Operation) -> bool:
    return bool(operation.get("security"))


def _has_body(method: str, operation: Operation) -> bool:
    return "requestBody" in operation


def _names_something(method: str, operation: Operation) -> bool:
    return any(one["in"] == "path" or one["name"] == "page" for one in operation.get("parameters", ()))


def _reads_words(method: str, operation: Operation) -> bool:
    return _has_body(method, operation) or any(one["in"] != "path" for one in operation.get("parameters", ()))


def _always(method: str, operation: Operation) -> bool:
    return True


ANSWERS: dict[int, Callable[[str, Operation], bool]] = {
    400: _has_body,
    401: _is_signed_in,
    403: _always,
    404: _names_something,
    406: _always,
    409: _changes,
    413: _has_body,
    415: _has_body,
    422: _reads_words,
    429: _is_signed_in,
    503: _always,
}


def add_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A hook of drf-spectacular: gives each operation the problems it can answer with; what it tells itself stays."""
    components = result["components"]
    components["schemas"] |= {"Problem": PROBLEM, "ProblemFault": FAULT}
    components["responses"] = {_name(status): _response(status) for status in ANSWERS}
    for method, operation in _operations(result):
        for status, can in ANSWERS.items():
            if can(method, operation):
                operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/{_name(status)}"})
    return result


def _operations(result: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path in result["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                yield method, operation


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


def _response(status: int) -> dict[str, Any]:
    code, title = _CODES[status], TITLES[status]
    example: dict[str, Any] = {
        "type": f"urn:probity:problem:{code}", "title": title, "status": status, "code": code, "detail": f"{title}.",
        "request_id": "0193a5c2-8f1e-7c31-9d55-0a1b2c3d4e5f",
    }  # fmt: skip
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        example["errors"] = [{"pointer": "/customer/name", "detail": "This field is required."}]
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    told: dict[str, Any] = {"description": title, "content": {PROBLEM_JSON: content}}
    return told | {"headers": _HEADERS[status]} if status in _HEADERS else told
