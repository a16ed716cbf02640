"""What is done with a report: reviewing, approving, taking its XML out, filing, answers, corrections."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.filings import selectors, services
from cases.filings.enums import FilingKind
from cases.filings.forms import AnswerForm, DetectionForm, FiledForm, FollowForm, ReasonForm, version_of
from cases.filings.views.pages import attempt
from core.http import actor_of, requires
from core.permissions import Permission


@require_POST
@requires(Permission.FILING_EDIT)
def filing_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    filing = selectors.filing_for(request.user, pk)

    def work(data: dict[str, Any]) -> None:
        services.review_filing(filing_id=filing.pk, version=version_of(request.POST), by=actor_of(request))

    return attempt(request, filing, "plain_form", forms.Form(request.POST), work, "It may be approved now.")


@require_POST
@requires(Permission.FILING_APPROVE)
def filing_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    filing = selectors.filing_for(request.user, pk)

    def work(data: dict[str, Any]) -> None:
        services.approve_filing(filing_id=filing.pk, version=version_of(request.POST), by=actor_of(request))

    return attempt(
        request, filing, "plain_form", forms.Form(request.POST), work, "It is approved: take the XML out and file it."
    )


@require_POST
@requires(Permission.FILING_EDIT)
def filing_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    filing = selectors.filing_for(request.user, pk)

    def work(data: dict[str, Any]) -> None:
        services.return_filing(filing_id=filing.pk, **data, version=version_of(request.POST), by=actor_of(request))

    form = ReasonForm(request.POST, auto_id="return_%s")
    return attempt(request, filing, "return_form", form, work, "It is a draft again.")


@require_POST
@requires(Permission.FILING_APPROVE)
def filing_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    filing = selectors.filing_for(request.user, pk)

    def work(data: dict[str, Any]) -> None:
        services.withdraw_filing(filing_id=filing.pk, **data, by=actor_of(request))

    form = ReasonForm(request.POST, auto_id="withdraw_%s")
    return attempt(request, filing, "withdraw_form", form, work, "It will not be filed; the reason is on the record.")


@require_POST
@requires(Permission.FILING_EDIT)
def filing_detect(request: HttpRequest, pk: UUID) -> HttpResponse:
    filing = selectors.filing_for(request.user, pk)

    def work(data: dict[str, Any]) -> None:
        services.save_detection(filing_id=filing.pk, **data, version=version_of(request.POST), by=actor_of(request))

    return attempt(request, filing, "detection_form", DetectionForm(request.POST), work, "The clocks are set anew.")


@require_POST
@requires(Permission.FILING_APPROVE)
def filing_xml(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The XML as a file. Recorded."""
    filing = services.take_out_xml(filing_id=selectors.filing_for(request.user, pk).pk, by=actor_of(request))
    response = HttpResponse(filing.xml.encode(), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{filing.number}.xml"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(Permission.FILING_APPROVE)
def filing_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    filing = selectors.filing_for(request.user, pk)

    def work(data: dict[str, Any]) -> None:
        services.file_filing(filing_id=filing.pk, **data, version=version_of(request.POST), by=actor_of(request))

    return attempt(request, filing, "filed_form", FiledForm(request.POST), work, "It is filed.")


@require_POST
@requires(Permission.FILING_EDIT)
def filing_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    filing = selectors.filing_for(request.user, pk)

    def work(data: dict[str, Any]) -> None:
        content = data["file"].read() if data["file"] else b""
        services.take_in_answer(
            filing_id=filing.pk, content=content, number=data["number"], accepted=not data["rejected"],
            remark=data["remark"], by=actor_of(request),
        )  # fmt: skip

    return attempt(
        request, filing, "answer_form", AnswerForm(request.POST, request.FILES), work, "The answer is taken in."
    )


@require_POST
@requires(Permission.FILING_EDIT)
def filing_follow(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Drafts the report that corrects or continues this one."""
    filing, form = selectors.filing_for(request.user, pk), FollowForm(request.POST)
    kind = FilingKind(form.cleaned_data["kind"]) if form.is_valid() else FilingKind.INITIAL
    drafted = services.follow_filing(filing_id=filing.pk, kind=kind, by=actor_of(request))
    messages.success(request, "The next report is drafted.")
    return redirect("filings:filing_detail", drafted.pk)
