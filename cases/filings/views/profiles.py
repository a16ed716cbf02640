"""Receivers of reports: our own particulars, the receiver's schema and code lists."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.filings import selectors, services
from cases.filings.form.shapes import Institution
from cases.filings.formats.base import all_formats
from cases.filings.forms import ProfileForm, SectionForms
from cases.filings.models import FilingProfile
from cases.filings.profiles import format_named, profile_of
from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission


@requires(Permission.FILING_CONFIGURE)
def profile_list(request: HttpRequest) -> HttpResponse:
    """The receivers as they are, and the formats that one can be made of."""
    context = {"profiles": selectors.active_profiles(), "formats": all_formats().values()}
    return render(request, "cases/filings/profile_list.html", context)


@requires(Permission.FILING_CONFIGURE)
def profile_new(request: HttpRequest, code: str) -> HttpResponse:
    """A new receiver of a format."""
    if code not in all_formats():
        raise Http404
    return _edit(request, code, None)


@requires(Permission.FILING_CONFIGURE)
def profile_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new version of a receiver."""
    profile = selectors.profile_for(pk)
    return _edit(request, profile.format, profile)


def _edit(request: HttpRequest, format_code: str, row: FilingProfile | None) -> HttpResponse:
    made = format_named(format_code)
    profile = profile_of(row) if row else None
    codes = {name: made.choices(name, profile) for name in ("institutions", "regulators")}
    names = ("code", "title", "codes", "defaults", "deadline_days")
    initial: dict[str, Any] = {name: getattr(row, name) for name in names} if row else {}
    posted = request.POST if request.method == "POST" else None
    form = ProfileForm(posted, request.FILES if posted else None, initial=initial)
    form.fields["code"].disabled = row is not None
    ours = SectionForms(Institution, codes, row.institution if row else {}, posted)
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid() and ours.is_valid():
            try:
                _save(request, format_code, form.cleaned_data, ours.cleaned())
                messages.success(request, "The receiver is saved; reports from now on use this version.")
                return redirect("filings:profile_list")
            except ProbityError as error:
                add_faults(form, error)
                status = error.status
    context = {"form": form, "ours": ours, "format": made, "profile": row}
    return render(request, "cases/filings/profile_edit.html", context, status=status)


def _save(request: HttpRequest, format_code: str, data: dict[str, Any], ours: dict[str, Any]) -> None:
    upload = data.pop("schema")
    told = {name: data[name] or {} for name in ("codes", "defaults")}
    services.save_profile(
        code=data["code"], title=data["title"], format=format_code, institution=ours, deadline_days=data["deadline_days"],
        schema=upload.read() if upload else b"", **told, by=actor_of(request),
    )  # fmt: skip
