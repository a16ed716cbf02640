"""The customer's page: what is asked, a form for each item, what has arrived. No login, no name, no reason."""

from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from cases.rfi import selectors, services
from cases.rfi.enums import ItemKind
from cases.rfi.exceptions import LinkNotValid, TooManyTries
from cases.rfi.forms import AnswerForm, FileForm
from cases.rfi.links import read_token
from cases.rfi.models import RfiItem
from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import View, requires
from core.limits import is_allowed
from core.permissions import Permission
from documents.extraction.limits import MAX_BYTES

_ROOM_FOR_FORM = 64 * 1024
_PAGES_A_MINUTE, _POSTS_A_MINUTE = 60, 20


def _public(view: View) -> View:
    """Limits by link and by size before anything of the body is read; errors and pages that no cache keeps.

    The CSRF check reads the body, so it runs inside, after the size is known.
    """

    @csrf_exempt
    @requires(Permission.PUBLIC)
    @wraps(view)
    def limited(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            _refuse_flood(request, token)
            response: HttpResponseBase = csrf_protect(view)(request, token, *args, **kwargs)
        except ProbityError as error:
            response = render(request, "cases/rfi/answer_error.html", {"error": error}, status=error.status)
        # Not `no-referrer`: a browser then sends `Origin: null` with the form, which the CSRF check refuses.
        response["Cache-Control"], response["Referrer-Policy"] = "no-store", "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return limited


def _refuse_flood(request: HttpRequest, token: str) -> None:
    request_id, _ = read_token(token)
    posts = request.method == "POST"
    most = _POSTS_A_MINUTE if posts else _PAGES_A_MINUTE
    if not is_allowed(f"rfi:{request.method}:{request_id}", most=most, seconds=60):
        raise TooManyTries("Please wait a minute and try again.")
    if posts and int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _ROOM_FOR_FORM:
        raise LinkNotValid("The file is larger than 20 MB. Please go back and send a smaller one.")


@_public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Every item with its form, or with the word that it has arrived."""
    return _page(request, token)


@_public
@require_POST
def item_answer(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """Takes one item in. The last one ends the request, and this page says so."""
    item = selectors.item_with_token(token, pk)
    services.count_try(item)
    form = FileForm(request.POST, request.FILES) if item.kind == ItemKind.DOCUMENT else AnswerForm(request.POST)
    if form.is_valid():
        try:
            _take(item, form)
        except ProbityError as error:
            add_faults(form, error)
    if not form.is_valid():
        return _page(request, token, {item.pk: form}, status=422)
    if item.request.items.filter(answered_at=None).exists():
        return redirect("rfi:answer", token)
    return render(request, "cases/rfi/answer_done.html")


def _take(item: RfiItem, form: forms.Form) -> None:
    if item.kind == ItemKind.DOCUMENT:
        file = form.cleaned_data["file"]
        services.answer_document(item=item, content=file.read(), filename=file.name)
    else:
        services.answer_question(item=item, text=form.cleaned_data["answer"])


def _page(
    request: HttpRequest, token: str, typed: dict[UUID, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    found = selectors.request_with_token(token)
    rows = [(item, (typed or {}).get(item.pk) or _form_of(item)) for item in found.items.all()]
    return render(request, "cases/rfi/answer.html", {"request_row": found, "rows": rows, "token": token}, status=status)


def _form_of(item: RfiItem) -> forms.Form:
    kind = FileForm if item.kind == ItemKind.DOCUMENT else AnswerForm
    return kind(auto_id=f"id_{item.position}_%s")
