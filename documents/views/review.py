"""Reviewing a document: the page beside its values and checks; correcting, accepting, asking for a new one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from core.exceptions import InvalidInput, ProbityError
from core.http import actor_of, fragment, local_path, requires
from core.permissions import Permission
from core.words import said
from documents import selectors, services
from documents.forms import CorrectionForm, ReviewForm
from documents.models import Document, Field


@requires(Permission.DOCUMENT_VIEW)
def document_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page image with boxes beside values and checks. Looking is recorded."""
    document = selectors.document_for(request.user, pk)
    services.record_document_view(document_id=document.pk, customer_id=document.customer_id, by=actor_of(request))
    context = _context(document) | {"back": local_path(request.GET.get("back", ""), "")}
    return render(request, "documents/document_detail.html", context)


def _context(document: Document) -> dict[str, Any]:
    return {"document": document, "review": selectors.review_of(document)}


@require_POST
@requires(Permission.DOCUMENT_REVIEW)
def field_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A person's value instead of the one that was read. For HTMX the values and checks come back as they are now."""
    field = selectors.field_for(request.user, pk)
    form = CorrectionForm(request.POST)
    told = said("A correction needs a value and a reason.")
    if form.is_valid():
        try:
            services.correct_field(field=field, **form.cleaned_data, by=actor_of(request))
            return _corrected(request, field)
        except InvalidInput as error:
            told = " ".join([error.message, *(fault.suggestion for fault in error.faults)])
    if request.htmx:  # type: ignore[attr-defined]
        typed = {"pk": field.pk, "told": told, "value": form["value"].value(), "reason": form["reason"].value()}
        return _review(request, field, typed)
    messages.error(request, told)
    return redirect("documents:document_detail", field.document_id)


def _corrected(request: HttpRequest, field: Field) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _review(request, field, {"saved": field.label})
    messages.success(request, "The value is corrected and the checks ran again.")
    return redirect("documents:document_detail", field.document_id)


def _review(request: HttpRequest, field: Field, more: dict[str, Any]) -> HttpResponse:
    """Values and checks with what was refused; 200 also then, as HTMX swaps nothing else in."""
    document = selectors.document_for(request.user, field.document_id)
    return fragment(request, "documents/_review.html", _context(document) | {"typed": more})


@require_POST
@requires(Permission.DOCUMENT_REVIEW)
def document_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a doubtful document as good."""
    document = selectors.document_for(request.user, pk)
    return _settle(request, document, services.accept_document, said("The document counts as verified."))


@require_POST
@requires(Permission.DOCUMENT_REVIEW)
def document_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Does not take a document; a new one is needed."""
    document = selectors.document_for(request.user, pk)
    return _settle(
        request, document, services.refuse_document, said("The document is not accepted; ask for a new one.")
    )


def _settle(request: HttpRequest, document: Document, service: Any, done: str) -> HttpResponse:
    form = ReviewForm(request.POST)
    back = str(form["back"].value() or "")
    if not form.is_valid():
        messages.error(request, "Please give a reason.")
    else:
        try:
            service(document=document, reason=form.cleaned_data["reason"], by=actor_of(request))
            messages.success(request, done)
        except ProbityError as error:
            messages.error(request, error.message)
    query = f"?{urlencode({'back': back})}" if back else ""
    return redirect(reverse("documents:document_detail", args=[document.pk]) + query)
