"""Pages of labels that people give rows: the flag of one, and all of them with the import of more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.enums import LabelSource
from monitoring.forms import FlagForm, LabelFileForm
from monitoring.intake.kinds import LABEL
from monitoring.models import ProcessEvent, Transaction
from monitoring.rows import rows_of_csv

_ENTRIES = 50


@requires(Permission.ALERT_DISPOSE)
def transaction_flag(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A transaction with its label; POST flags it as suspicious."""
    row = selectors.transaction_for(request.user, pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.flag_transaction(transaction_id=row.pk, **form.cleaned_data, by=actor_of(request))
        messages.success(request, "The transaction is flagged.")
        return redirect("monitoring:transaction_flag", row.pk)
    return _flag_page(request, row, form, "transaction")


@requires(Permission.ALERT_DISPOSE)
def event_flag(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An entry of a batch record with its label; POST flags it as suspicious."""
    row = selectors.event_for(request.user, pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.flag_event(event_id=row.pk, **form.cleaned_data, by=actor_of(request))
        messages.success(request, "The entry is flagged.")
        return redirect("monitoring:event_flag", row.pk)
    return _flag_page(request, row, form, "event")


def _flag_page(request: HttpRequest, row: Transaction | ProcessEvent, form: FlagForm, noun: str) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {
        "row": row, "flag": getattr(row, "flagged_manual", None), "form": form, "is_entry": noun == "event",
        "shown": f"monitoring/_finding_{noun}.html", "revoke": f"monitoring:{noun}_unflag",
    }  # fmt: skip
    return render(request, "monitoring/labels/row_flag.html", context, status=status)


@require_POST
@requires(Permission.ALERT_DISPOSE)
def transaction_unflag(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes the label of a transaction back."""
    row = selectors.transaction_for(request.user, pk)
    services.revoke_flag(transaction_id=row.pk, by=actor_of(request))
    messages.success(request, "The label is taken back; the record keeps who gave it and why.")
    return redirect("monitoring:transaction_flag", row.pk)


@require_POST
@requires(Permission.ALERT_DISPOSE)
def event_unflag(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes the label of an entry back."""
    row = selectors.event_for(request.user, pk)
    services.revoke_event_flag(event_id=row.pk, by=actor_of(request))
    messages.success(request, "The label is taken back; the record keeps who gave it and why.")
    return redirect("monitoring:event_flag", row.pk)


@requires(Permission.ALERT_DISPOSE)
def label_list(request: HttpRequest) -> HttpResponse:
    """Every flag and imported label; POST takes a file of labels in."""
    form = LabelFileForm(request.POST or None, request.FILES or None)
    status, result = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                rows = rows_of_csv(form.cleaned_data["file"].read(), LABEL)
                result = services.import_labels(rows=rows, source="csv", by=actor_of(request))
                status = 200
            except ProbityError as error:
                add_faults(form, error)
    source = request.GET.get("source", "")
    context = {
        "form": form, "result": result, "page": page_of(request, selectors.flags_visible_to(request.user, source)),
        "entries": selectors.event_flags_visible_to(request.user, source)[:_ENTRIES],
        "source": source, "sources": LabelSource.choices, "cells": LABEL.cells.items(),
    }  # fmt: skip
    return render(request, "monitoring/labels/label_list.html", context, status=status)
