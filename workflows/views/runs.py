"""Pages of a run: its picture and steps, a step in full, the newest run about a subject."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound
from core.http import actor_of, requires
from core.permissions import Permission
from workflows import selectors, services
from workflows.models import Run
from workflows.run_page import StepView, view_of_run, view_of_step


@requires(Permission.RUN_VIEW)
def run_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run: its picture, its steps, and the step that `?step=` (a place in its text) and `?item=` name."""
    run = selectors.run_for(pk)
    context = {"view": view_of_run(run, request.user), "on_page": True}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "workflows/_run.html", context)
    return render(request, "workflows/run_detail.html", context | {"step": _step(request, run)})


@requires(Permission.RUN_VIEW)
def run_step(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """One step in full, as the run's page shows it beside the picture; what may be personal is closed."""
    run = selectors.run_for(pk)
    step = view_of_step(run, position, request.user, number=_number(request, "item"))
    if step is None:
        raise NotFound("There is no such step.")
    return _answer(request, run, step)


@require_POST
@requires(Permission.AUDIT_VIEW_PERSONAL)
def run_step_open(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """The same with nothing closed; that somebody looked is put on the record."""
    run = selectors.run_for(pk)
    step = view_of_step(run, position, request.user, number=_number(request, "item"), is_open=True)
    if step is None or step.row is None:
        raise NotFound("There is no such step.")
    services.record_step_opened(step=step.row, by=actor_of(request))
    return _answer(request, run, step)


@requires(Permission.RUN_VIEW)
def run_panel(request: HttpRequest, subject_type: str, subject_id: UUID) -> HttpResponse:
    """The newest run about a subject."""
    run = selectors.run_for_subject(subject_type, subject_id)
    context = {"view": view_of_run(run, request.user) if run else None}
    template = "workflows/_run.html" if request.htmx else "workflows/run_detail.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _answer(request: HttpRequest, run: Run, step: StepView) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "workflows/_step.html", {"run": run, "step": step})
    context = {"view": view_of_run(run, request.user), "step": step, "on_page": True}
    return render(request, "workflows/run_detail.html", context)


def _step(request: HttpRequest, run: Run) -> StepView | None:
    """The step that is asked for; without one the first that stopped or waits, which is what somebody comes for."""
    if "step" in request.GET:
        return view_of_step(run, _number(request, "step"), request.user, number=_number(request, "item"))
    stopped = selectors.step_that_needs_somebody(run)
    return view_of_step(run, stopped.position, request.user, number=stopped.number) if stopped else None


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004 - no text has a million steps
