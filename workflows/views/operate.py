"""What people do to runs: try a step again, leave it out, cancel a run, do it again. Each needs a reason."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from workflows import selectors, services
from workflows.forms import ReasonForm


@require_POST
@requires(Permission.RUN_OPERATE)
def step_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a step that was given up its attempts anew."""
    step = selectors.step_for(pk)

    def retry(reason: str) -> str:
        services.retry_step(step_id=step.pk, reason=reason, by=actor_of(request))
        return said("The step is tried again.")

    return _with_reason(request, step.run_id, retry)


@require_POST
@requires(Permission.RUN_OPERATE)
def step_skip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leaves a step that was given up out; the run goes on without it."""
    step = selectors.step_for(pk)

    def skip(reason: str) -> str:
        services.skip_step(step_id=step.pk, reason=reason, by=actor_of(request))
        return said("The run goes on without the step.")

    return _with_reason(request, step.run_id, skip)


@require_POST
@requires(Permission.RUN_OPERATE)
def run_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a run that has not ended; what its steps did stays done."""
    run = selectors.run_for(pk)

    def cancel(reason: str) -> str:
        services.cancel_run(run_id=run.pk, reason=reason, by=actor_of(request))
        return said("The run is cancelled.")

    return _with_reason(request, run.pk, cancel)


@require_POST
@requires(Permission.RUN_OPERATE)
def run_replay(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Does the run again with the version it was pinned to."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _without_reason(request, pk)
    run = services.replay_run(run_id=selectors.run_for(pk).pk, reason=form.cleaned_data["reason"], by=actor_of(request))
    messages.success(request, "This is the new run.")
    return redirect("workflows:run_detail", run.pk)


def _with_reason(request: HttpRequest, run_id: UUID, act: Callable[[str], str]) -> HttpResponse:
    """Does it with the reason that was given, and shows the run with what was said."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _without_reason(request, run_id)
    messages.success(request, act(form.cleaned_data["reason"]))
    return redirect("workflows:run_detail", run_id)


def _without_reason(request: HttpRequest, run_id: UUID) -> HttpResponse:
    messages.error(request, "This needs a reason.")
    return redirect("workflows:run_detail", run_id)
