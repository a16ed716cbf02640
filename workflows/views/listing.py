"""Runs together: the list with its filters, many tried again after an outage, timings of a workflow's steps."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from core.words import said
from workflows import selectors, services
from workflows.bulk import BULK_RETRY, MOST_STEPS, preview_of, steps_of_work
from workflows.engine.links import links_by_id
from workflows.forms import ReasonForm, RunFilterForm
from workflows.run_filters import RunFilters, filtered_runs, filters_from, given_up_steps
from workflows.run_page import lines_of_list

_PERIODS = (1, 7, 30, 90)


@requires(Permission.RUN_VIEW)
def run_list(request: HttpRequest) -> HttpResponse:
    """Runs, newest first, narrowed by what stands in the URL; five queries however many rows."""
    form, filters = _filters(request)
    page = page_of(request, filtered_runs(filters))
    found = links_by_id(((f"{run.subject_type}_id", str(run.subject_id)) for run in page), request.user)
    context = {"page": page, "lines": lines_of_list(page, found), "form": form, "filters": filters}
    return render(request, "workflows/run_list.html", context)


@requires(Permission.RUN_OPERATE)
def bulk_retry(request: HttpRequest) -> HttpResponse:
    """Shows how many given-up steps the filters mean; a POST with a reason has all of them tried again by a worker."""
    form, filters = _filters(request)
    preview, reason = preview_of(filters), ReasonForm(request.POST or None)
    if request.method == "POST" and reason.is_valid() and preview.steps and not preview.is_too_many:
        ids = given_up_steps(filters).values_list("pk", flat=True)[:MOST_STEPS]
        inputs: dict[str, object] = {"steps": [str(pk) for pk in ids], "reason": reason.cleaned_data["reason"]}
        title = said("Try {ids} stopped steps again", ids=len(ids))
        work = services.start_work(kind=BULK_RETRY, title=title, inputs=inputs, by=actor_of(request))
        messages.info(request, "The steps are being tried again.")
        return redirect("workflows:work_detail", work.pk)
    context = {"form": form, "filters": filters, "preview": preview, "reason": reason, "most": MOST_STEPS}
    return render(request, "workflows/bulk_retry.html", context)


@requires(Permission.RUN_VIEW)
def bulk_result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of each run after its steps were tried again, as it stands now."""
    work = selectors.work_for(request.user, pk)
    return render(request, "workflows/bulk_result.html", {"work": work, "steps": steps_of_work(work)})


@requires(Permission.WORKFLOW_VIEW)
def workflow_timings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How long each step took (median, 95th percentile) and how often it failed, over `?days=`."""
    workflow = selectors.workflow_for(pk)
    days = next((days for days in _PERIODS if request.GET.get("days") == str(days)), 30)
    context = {"workflow": workflow, "days": days, "periods": _PERIODS, "timings": selectors.timings_of(workflow, days)}
    return render(request, "workflows/workflow_timings.html", context)


def _filters(request: HttpRequest) -> tuple[RunFilterForm, RunFilters]:
    """The form with what the URL says, and the filters; what is not understood narrows nothing and is told at its field."""
    form = RunFilterForm(request.GET, selectors.workflow_choices())
    form.is_valid()
    return form, filters_from(form.cleaned_data)
