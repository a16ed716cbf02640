"""Pages of workflows: definitions with their versions, runs with their steps."""

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
from workflows import selectors, services
from workflows.engine.registry import action_named, action_names
from workflows.enums import RunState
from workflows.forms import DefinitionForm, ReasonForm


@requires(Permission.WORKFLOW_VIEW)
def workflow_list(request: HttpRequest) -> HttpResponse:
    """Every workflow with its active version."""
    return render(request, "workflows/workflow_list.html", {"workflows": selectors.workflows()})


@requires(Permission.WORKFLOW_VIEW)
def workflow_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A workflow's active definition and its former versions."""
    workflow = selectors.workflow_for(pk)
    return render(
        request, "workflows/workflow_detail.html", {"workflow": workflow, "versions": workflow.versions.all()}
    )


@requires(Permission.WORKFLOW_EDIT)
def workflow_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publishes a new version; faults name the line, what is wrong and what instead."""
    workflow = selectors.workflow_for(pk)
    newest = workflow.versions.first()
    form = DefinitionForm(request.POST or None, initial={"text": newest.text if newest else ""})
    if request.method == "POST" and form.is_valid():
        try:
            version = services.publish_workflow(text=form.cleaned_data["text"], by=actor_of(request))
            messages.success(request, f"Version {version.number} is active; runs under way keep theirs.")
            return redirect("workflows:workflow_detail", version.workflow_id)
        except ProbityError as error:
            add_faults(form, error)
    actions = [action_named(name) for name in action_names()]
    return render(request, "workflows/workflow_edit.html", {"workflow": workflow, "form": form, "actions": actions})


@requires(Permission.RUN_VIEW)
def run_list(request: HttpRequest) -> HttpResponse:
    """Runs, newest first; `?state=` narrows."""
    state = request.GET.get("state", "")
    rows = selectors.runs().filter(state=state) if state in RunState.values else selectors.runs()
    return render(
        request, "workflows/run_list.html", {"page": page_of(request, rows), "states": RunState, "state": state}
    )


@requires(Permission.RUN_VIEW)
def run_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run with its steps."""
    run = selectors.run_for(pk)
    return render(request, "workflows/run_detail.html", {"run": run, "steps": selectors.steps_of_run(run)})


@requires(Permission.RUN_VIEW)
def run_panel(request: HttpRequest, subject_type: str, subject_id: UUID) -> HttpResponse:
    """The newest run about a subject."""
    run = selectors.run_for_subject(subject_type, subject_id)
    context = {"run": run, "steps": selectors.steps_of_run(run) if run else []}
    template = "workflows/_run.html" if request.htmx else "workflows/run_detail.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
@requires(Permission.RUN_OPERATE)
def step_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a dead step its attempts anew."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Trying a step again needs a reason.")
        return redirect("workflows:run_list")
    step = services.retry_step(step_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
    messages.success(request, "The step is tried again.")
    return redirect("workflows:run_detail", step.run_id)


@require_POST
@requires(Permission.RUN_OPERATE)
def step_skip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leaves a step that was given up out; the run goes on without it."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Leaving a step out needs a reason.")
        return redirect("workflows:run_list")
    step = services.skip_step(step_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
    messages.success(request, "The run goes on without the step.")
    return redirect("workflows:run_detail", step.run_id)
