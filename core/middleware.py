"""Middleware: the request id, and errors as pages a person can read."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render

from core.api.errors import PROBLEM_JSON
from core.browser import ruled_alone
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


class ApiNeedsTlsMiddleware:
    """Where TLS is the rule, the API refuses what came without: leading a program on would hide that its key was shown."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SECURE_SSL_REDIRECT or request.is_secure() or not request.path.startswith("/api/"):
            return self.get_response(request)
        body = {"type": "urn:probity:problem:tls_needed", "title": "Not permitted", "status": 403, "code": "tls_needed",
                "detail": "This came without TLS. Call https, and replace the key: whoever was in between has seen it."}  # fmt: skip
        return ruled_alone(JsonResponse(body, status=403, content_type=PROBLEM_JSON))


class PlainTextMiddleware:
    """Refuses NUL characters in the queries and forms of pages: nobody types them, and PostgreSQL keeps none.

    Forms are looked at where Django has read them already, for the token; what programs send has serializers.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, words: Any, named: Any) -> None:
        """Raises BadRequest, which is answered by 400."""
        if request.path.startswith("/api/"):
            return
        sent = [request.path, *_texts(request.GET)]
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            sent += _texts(request.POST)
        if any("\0" in text for text in sent):
            raise BadRequest("a NUL character was sent")


def _texts(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        yield name
        yield from (str(value) for value in values)


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
