"""Pages of workflow definitions and their versions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from workflows import selectors, services
from workflows.engine.registry import action_named, action_names
from workflows.forms import DefinitionForm


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
