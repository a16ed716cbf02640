"""Middleware: the request id, and errors as pages a person can read."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.context import request_scope
from core.exceptions import ProbityError
from core.ids import new_id

GetResponse = Callable[[HttpRequest], HttpResponse]
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIdMiddleware:
    """Takes `X-Request-ID` where it is harmless, makes one otherwise, and answers with it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "")
        value = sent if _SAFE_ID.fullmatch(sent) else str(new_id())
        with request_scope(value):
            response = self.get_response(request)
        response["X-Request-ID"] = value
        return response


class ErrorPageMiddleware:
    """Shows a ProbityError raised by a page view as a page, or as a fragment where HTMX asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer for a ProbityError; None leaves any other exception to Django."""
        if not isinstance(exception, ProbityError):
            return None
        template = "core/_error.html" if getattr(request, "htmx", False) else "core/error.html"
        response = render(request, template, {"error": exception}, status=exception.status)
        if exception.retry_after:
            response["Retry-After"] = str(exception.retry_after)
        return response
