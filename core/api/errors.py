"""Every REST error as a problem document (RFC 9457) whose `errors` point at the input (RFC 6901)."""

import errno
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext_noop
from rest_framework import exceptions
from rest_framework.response import Response

from core.context import request_id
from core.exceptions import Fault, ProbityError
from core.language import in_words
from core.words import said

AWAY_SECONDS = 5
PROBLEM_JSON = "application/problem+json"
_log = structlog.get_logger(__name__)
TITLES = {
    400: gettext_noop("The request could not be read"),
    401: gettext_noop("Authentication is needed"),
    403: gettext_noop("Not permitted"),
    404: gettext_noop("Not found"),
    405: gettext_noop("This method is not offered here"),
    406: gettext_noop("Answers are not offered in this form"),
    409: gettext_noop("The state has changed"),
    413: gettext_noop("Too large"),
    415: gettext_noop("This content type is not read here"),
    422: gettext_noop("The input is not valid"),
    429: gettext_noop("Too many requests"),
    503: gettext_noop("Temporarily unavailable"),
}


_Kinds = type[Exception] | tuple[type[Exception], ...]
_PLAIN: tuple[tuple[_Kinds, int, str, str], ...] = (
    (Http404, 404, "not_found", "There is nothing here that you may see."),
    (
        RecursionError,
        400,
        "parse_error",
        "The request is nested too deep to be read.",
    ),  # the JSON parser descends by recursion
    ((RequestDataTooBig, TooManyFilesSent), 413, "too_large", "The request is larger than is taken at once."),
    (SuspiciousOperation, 400, "parse_error", "The request could not be read."),
    # No schema says all that a database refuses: a NUL in a key, a number beyond the column.
    (DataError, 422, "invalid_input", "The input holds a character or a number that cannot be stored."),
    (PermissionDenied, 403, "permission_refused", "Your role does not allow this."),
)


def problem(
    status: int, code: str, detail: str, *, title: str = "", faults: Any = (), extra: Mapping[str, object] | None = None
) -> Response:
    """A problem document as a response. `faults` are Fault instances; what `extra` adds stands behind the standard's members."""
    body: dict[str, object] = {
        **(extra or {}),
        "type": f"urn:probity:problem:{code}",
        "title": in_words(title or TITLES.get(status, "Error")),
        "status": status,
        "code": code,
        "detail": in_words(detail),
        "request_id": request_id(),
    }
    if faults:
        body["errors"] = [{key: in_words(text) for key, text in fault.as_dict().items()} for fault in faults]
    response = Response(body, status=status, content_type=PROBLEM_JSON)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def faults_from(detail: Any, pointer: str = "") -> list[Fault]:
    """The faults in a serializer's nested error detail, one a message, with the pointer of each."""
    if isinstance(detail, dict):
        return [
            fault
            for key, value in detail.items()
            for fault in faults_from(value, pointer if key == "non_field_errors" else f"{pointer}/{_escape(str(key))}")
        ]
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        return [fault for index, item in enumerate(detail) for fault in faults_from(item, f"{pointer}/{index}")]
    messages = detail if isinstance(detail, list) else [detail]
    return [Fault(pointer or "/", str(message)) for message in messages]


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: known errors become problems; an unknown one becomes a 500 without internals."""
    if isinstance(exc, ProbityError):
        refused = problem(exc.status, exc.code, exc.message, title=exc.title, faults=exc.faults, extra=exc.extra)
        return _later(refused, exc.retry_after)
    for kinds, status, code, detail in _PLAIN:
        if isinstance(exc, kinds):
            return problem(status, code, detail)
    if isinstance(exc, exceptions.ValidationError):
        faults = faults_from(exc.detail)
        many = said("{number} parts are not valid in the input.", number=len(faults))
        told = said("1 part is not valid in the input.") if len(faults) == 1 else many
        return problem(422, "invalid_input", told, faults=faults)
    if isinstance(exc, exceptions.APIException):
        return _from_api_exception(exc, context.get("view"))
    if is_away(exc):
        _log.warning("dependency_away", view=type(context.get("view")).__name__, error=type(exc).__name__)
        return _later(unavailable(), AWAY_SECONDS)
    _log.error("unhandled_api_error", view=type(context.get("view")).__name__, exc_info=exc)
    return problem(
        500, "internal_error", "An error on our side. It is logged under the request id.", title="Internal error"
    )


def _from_api_exception(exc: exceptions.APIException, view: Any) -> Response:
    code = exc.get_codes()
    response = problem(exc.status_code, code if isinstance(code, str) else "error", _told(exc, view))
    return _later(response, ceil(getattr(exc, "wait", None) or 0))


def _told(exc: exceptions.APIException, view: Any) -> str:
    """What is wrong; where it is the form of what was sent or asked for, which forms there are."""
    if isinstance(exc, exceptions.UnsupportedMediaType) and view is not None:
        return said("Send it as {types}.", types=", ".join(one.media_type for one in view.parser_classes))
    if isinstance(exc, exceptions.NotAcceptable) and view is not None:
        return said("Accept {types}.", types=", ".join(one.media_type for one in view.renderer_classes))
    return str(exc.detail)


def unavailable() -> Response:
    """The problem of a part that is away for a while."""
    told = "The database or the storage does not answer now. Nothing of this request was kept; send it again."
    return problem(503, "unavailable", told)


def is_away(exc: BaseException) -> bool:
    """Whether the database or the disk refuses work now: restarted, locked, out of space. The transaction is rolled back."""
    return isinstance(exc, OperationalError | InterfaceError) or (
        isinstance(exc, OSError) and exc.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    )


def _later(response: Response, seconds: int) -> Response:
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
