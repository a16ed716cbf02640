"""Drafts of the narrative: the template's, and a language model's that somebody takes over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.assist.selectors import draft_for
from cases.filings import selectors, services
from cases.filings.drafting import NARRATIVE
from cases.filings.forms import version_of
from core.exceptions import InvalidInput
from core.http import actor_of, requires
from core.permissions import Permission


@require_POST
@requires(Permission.FILING_EDIT)
def narrative_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Replaces the narrative by a new draft; the last one stays among the versions."""
    filing = selectors.filing_for(request.user, pk)
    services.draft_narrative(filing_id=filing.pk, version=version_of(request.POST), by=actor_of(request))
    messages.success(request, "A new draft is there; the last text is among the versions.")
    return redirect("filings:section_edit", pk, "narrative")


@require_POST
@requires(Permission.FILING_EDIT)
def narrative_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Has the language model draft the narrative, and shows how far it is."""
    filing = selectors.filing_for(request.user, pk)
    return redirect("workflows:work_detail", services.write_narrative(filing_id=filing.pk, by=actor_of(request)).pk)


@require_POST
@requires(Permission.FILING_EDIT)
def narrative_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes what somebody made of a draft into the report."""
    filing = selectors.filing_for(request.user, pk)
    draft, text = draft_for(request.user, request.POST.get("draft"), purpose=NARRATIVE), request.POST.get("text", "")
    try:
        services.take_narrative(filing_id=filing.pk, draft=draft, text=text[:40_000], by=actor_of(request))
    except InvalidInput as error:
        messages.error(request, " ".join([error.message, *(fault.message for fault in error.faults)]))
        return redirect("cases:draft_detail", draft.pk)
    messages.success(request, "It is the narrative now; the last text is among the versions.")
    return redirect("filings:section_edit", pk, "narrative")
