"""Errors before any view is reached, and those that no view expects: a page for people, a problem document for programs."""

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from core.api.errors import AWAY_SECONDS, PROBLEM_JSON, is_away, problem, problem_handler, unavailable


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The answer for what could not be read, or was larger than is taken, before a view could say what is wrong with it."""
    status = 413 if isinstance(exception, RequestDataTooBig | TooManyFilesSent) else 400
    if not request.path.startswith("/api/"):
        return HttpResponse(render_to_string(f"{status}.html"), status=status)
    refused = problem_handler(exception, {})
    return JsonResponse(refused.data if refused else {}, status=status, content_type=PROBLEM_JSON)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The answer for an address that leads nowhere."""
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    body = problem(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address.").data
    return JsonResponse(body, status=HTTPStatus.NOT_FOUND, content_type=PROBLEM_JSON)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer for a form without the token of this browser: mostly a page left open over a sign-out."""
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """The answer for an error that nothing else caught; 503 where the database or the disk is away for a while.

    Called while the error is handled. Asks no database for what it shows: neither session nor person.
    """
    error = sys.exc_info()[1]
    if error is None or not is_away(error):
        return defaults.server_error(request)
    if request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse(unavailable().data, status=503, content_type=PROBLEM_JSON)
    else:
        answer = HttpResponse(render_to_string("503.html", {"may_repeat": request.method == "GET"}), status=503)
    answer["Retry-After"] = str(AWAY_SECONDS)
    return answer
