"""Writing a report section by section; what is wrong stands at its field."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ai.selectors import model_state
from cases.filings import selectors, services
from cases.filings.form.shapes import Activity, Institution, Narrative, Report, Shape, Subject
from cases.filings.forms import SectionForms, version_of
from cases.filings.models import Filing
from core.exceptions import Fault, ProbityError
from core.http import actor_of, requires
from core.permissions import Permission

_SHAPES: dict[str, type[Shape]] = {
    "report": Report, "institution": Institution, "activity": Activity, "narrative": Narrative,
}  # fmt: skip


@requires(Permission.FILING_EDIT)
def section_edit(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    """One section of the report."""
    filing = selectors.filing_for(request.user, pk)
    if section not in _SHAPES:
        raise Http404
    return _edit(request, filing, section, _SHAPES[section], filing.data[section], None)


@requires(Permission.FILING_EDIT)
def subject_edit(request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
    """One subject of the report, counted from 0."""
    filing = selectors.filing_for(request.user, pk)
    if place >= len(filing.data["subjects"]):
        raise Http404
    return _edit(request, filing, "subjects", Subject, filing.data["subjects"][place], place)


def _edit(
    request: HttpRequest, filing: Filing, section: str, shape: type[Shape], value: dict[str, Any], place: int | None
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    made = SectionForms(shape, selectors.choices_for(filing), value, posted)
    at = f"/{section}" if place is None else f"/{section}/{place}"
    status, refused = 200, ""
    if posted is not None:
        try:
            if made.is_valid():
                services.save_section(
                    filing_id=filing.pk, section=section, value=made.cleaned(), place=place,
                    version=version_of(request.POST), by=actor_of(request),
                )  # fmt: skip
                messages.success(request, "It is saved.")
                return redirect(request.path)
            status = 422
        except ProbityError as error:
            status, refused = error.status, error.message
            made.tell([(fault.pointer[len(at) + 1 :], fault.message) for fault in error.faults])
    else:
        made.tell([(fault.pointer[len(at) + 1 :], sentence_of(fault)) for fault in _faults_at(filing, at)])
    context = {
        "filing": filing, "section": section, "shape": shape, "made": made, "refused": refused, "place": place,
        "version": filing.version, "elsewhere": [fault for fault in _faults_at(filing, at) if fault.pointer == at],
        "citations": value.get("citations", []), "model": model_state(),
    }  # fmt: skip
    return render(request, "cases/filings/section_edit.html", context, status=status)


def _faults_at(filing: Filing, at: str) -> list[Fault]:
    return [
        fault
        for fault in selectors.rendered(filing).faults
        if fault.pointer == at or fault.pointer.startswith(f"{at}/")
    ]


def sentence_of(fault: Fault) -> str:
    """What is wrong, and what would be right."""
    return f"{fault.message}: {fault.suggestion}" if fault.suggestion else fault.message


@require_POST
@requires(Permission.FILING_EDIT)
def subject_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds an empty subject and opens it."""
    filing = selectors.filing_for(request.user, pk)
    saved = services.add_subject(filing_id=filing.pk, by=actor_of(request))
    return redirect("filings:subject_edit", pk, len(saved.data["subjects"]) - 1)


@require_POST
@requires(Permission.FILING_EDIT)
def subject_remove(request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
    """Removes a subject."""
    filing = selectors.filing_for(request.user, pk)
    services.remove_subject(filing_id=filing.pk, place=place, version=version_of(request.POST), by=actor_of(request))
    messages.success(request, "The subject is removed.")
    return redirect("filings:filing_detail", pk)


@requires(Permission.FILING_EDIT)
def transactions_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which transactions the report names, of those that it holds and those that alerts have found since."""
    filing = selectors.filing_for(request.user, pk)
    if request.method == "POST":
        services.keep_transactions(
            filing_id=filing.pk, numbers=request.POST.getlist("number"), version=version_of(request.POST),
            by=actor_of(request),
        )  # fmt: skip
        messages.success(request, "It is saved.")
        return redirect("filings:filing_detail", pk)
    held, found = selectors.transactions_of(filing)
    context = {"filing": filing, "held": held, "found": found, "version": filing.version}
    return render(request, "cases/filings/transactions_edit.html", context)
