"""Pages of workflows: the list, one with its versions, a version beside another, starting one by hand."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from workflows import selectors, services
from workflows.definition_page import checked_text, workflow_lines
from workflows.engine.links import subjects_meant_by
from workflows.engine.side_by_side import compared
from workflows.forms import NameForm, ReasonForm, StartForm
from workflows.models import WorkflowVersion


@requires(Permission.WORKFLOW_VIEW)
def workflow_list(request: HttpRequest) -> HttpResponse:
    """Every workflow: versions, trigger, how its last runs went, when it starts next."""
    lines = workflow_lines(list(selectors.workflows().select_related("schedule")))
    return render(request, "workflows/workflow_list.html", {"lines": lines})


@requires(Permission.WORKFLOW_VIEW)
def workflow_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A workflow with the graph of its active version and all versions."""
    workflow = selectors.workflow_for(pk)
    versions = list(workflow.versions.all())
    active = next((one for one in versions if one.state == "active"), None)
    context = {
        "workflow": workflow, "versions": versions, "active": active, "form": StartForm(),
        "checked": checked_text(active.text) if active else None,
        "open": next((one for one in versions if one.is_open), None),
    }  # fmt: skip
    return render(request, "workflows/workflow_detail.html", context)


@requires(Permission.WORKFLOW_EDIT)
def workflow_new(request: HttpRequest) -> HttpResponse:
    """Asks for a name and opens the editor with a first draft."""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = services.create_workflow(name=form.cleaned_data["name"], by=actor_of(request))
            return redirect("workflows:workflow_edit", version.workflow_id)
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "workflows/workflow_new.html", {"form": form})


@requires(Permission.WORKFLOW_VIEW)
def version_detail(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A version: its graph, its text, and what differs from the active one or the one that `?against=` names."""
    version = selectors.version_for(pk, number)
    others = list(version.workflow.versions.exclude(pk=version.pk))
    other = _against(request, version, others)
    context = {
        "version": version, "others": others, "other": other, "checked": checked_text(version.text),
        "rows": compared(other.text, version.text) if other else [], "reason": ReasonForm(),
        "is_own": version.author_key == actor_of(request).id, "trials": version.trials.select_related("run")[:10],
    }  # fmt: skip
    return render(request, "workflows/version_detail.html", context)


@require_POST
@requires(Permission.WORKFLOW_EDIT)
def version_propose(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Asks another person to approve the draft."""
    version = services.propose_version(version_id=selectors.version_for(pk, number).pk, by=actor_of(request))
    messages.success(request, said("Version {number} waits for another person's approval.", number=version.number))
    return redirect("workflows:version_detail", pk, number)


@require_POST
@requires(Permission.WORKFLOW_APPROVE)
def version_approve(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Makes active what this person has looked at."""
    revision = request.POST.get("revision", "")
    version = services.approve_version(
        version_id=selectors.version_for(pk, number).pk, by=actor_of(request),
        revision=int(revision) if revision.isdecimal() else -1,
    )  # fmt: skip
    messages.success(request, said("Version {number} is active; runs under way keep theirs.", number=version.number))
    return redirect("workflows:workflow_detail", pk)


@require_POST
@requires(Permission.WORKFLOW_APPROVE)
def version_return(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Sends what waits back to its author."""

    def send_back(version: WorkflowVersion, reason: str) -> WorkflowVersion:
        return services.return_version(version_id=version.pk, reason=reason, by=actor_of(request))

    return _with_reason(request, pk, number, send_back, said("It is a draft again."))


@require_POST
@requires(Permission.WORKFLOW_EDIT)
def version_discard(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Gives a draft up."""

    def discard(version: WorkflowVersion, reason: str) -> WorkflowVersion:
        return services.discard_version(version_id=version.pk, reason=reason, by=actor_of(request))

    return _with_reason(request, pk, number, discard, said("The draft is given up; its text stays here."))


@require_POST
@requires(Permission.WORKFLOW_EDIT)
def version_roll_back(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Proposes an earlier text anew."""

    def propose(version: WorkflowVersion, reason: str) -> WorkflowVersion:
        return services.roll_back(version_id=version.pk, reason=reason, by=actor_of(request))

    return _with_reason(request, pk, number, propose, said("The earlier text waits for another person's approval."))


@require_POST
@requires(Permission.RUN_OPERATE)
def workflow_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Starts a workflow by hand, about a case or customer where one is named."""
    form = StartForm(request.POST)
    about = form.cleaned_data["about"] if form.is_valid() else ""
    inputs: dict[str, object] = {f"{kind}_id": found for kind, found in subjects_meant_by(about)[:1]} if about else {}
    if about and not inputs:
        raise NotFound(said("There is no case or customer {about}.", about=about))
    run = services.start_manually(workflow_id=selectors.workflow_for(pk).pk, inputs=inputs, by=actor_of(request))
    messages.success(request, "It is running.")
    return redirect("workflows:run_detail", run.pk)


def _against(request: HttpRequest, version: WorkflowVersion, others: list[WorkflowVersion]) -> WorkflowVersion | None:
    """The version to compare with: the named one, the active one, or the one before."""
    named = [one for one in others if str(one.number) == request.GET.get("against")]
    active = [one for one in others if one.state == "active"] if version.is_open else []
    earlier = [one for one in others if one.number < version.number]
    return next(iter([*named, *active, *earlier]), None)


def _with_reason(
    request: HttpRequest, pk: UUID, number: int, act: Callable[[WorkflowVersion, str], WorkflowVersion], said: str
) -> HttpResponse:
    version, form = selectors.version_for(pk, number), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "This needs a reason.")
        return redirect("workflows:version_detail", pk, number)
    moved = act(version, form.cleaned_data["reason"])
    messages.success(request, said)
    return redirect("workflows:version_detail", pk, moved.number)
