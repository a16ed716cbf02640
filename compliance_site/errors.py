"""Errors before any view is reached: a page for people, a problem document for programs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from core.api.errors import PROBLEM_JSON, problem


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The answer for an address that leads nowhere."""
    if not request.path.startswith("/api/"):
        return page_not_found(request, exception)
    body = problem(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address.").data
    return JsonResponse(body, status=HTTPStatus.NOT_FOUND, content_type=PROBLEM_JSON)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer for a form without the token of this browser: mostly a page left open over a sign-out."""
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
