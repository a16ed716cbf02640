"""The editor of a definition: kept as a draft, checked while it is typed, told where somebody else was quicker."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from workflows import selectors, services
from workflows.definition_page import checked_text, help_of_actions
from workflows.engine.side_by_side import compared
from workflows.exceptions import DraftIsStale
from workflows.forms import DraftForm
from workflows.models import Workflow, WorkflowVersion


@requires(Permission.WORKFLOW_EDIT)
def workflow_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest text in the editor; a POST keeps it as a draft, and proposes it where that was asked for."""
    workflow = selectors.workflow_for(pk)
    if request.method == "POST":
        return _saved(request, workflow)
    newest = selectors.newest_version(workflow)
    initial = {"text": newest.text, "seen": selectors.seen_mark(newest), "note": newest.note if newest.is_open else ""}
    return _page(request, workflow, DraftForm(initial=initial), newest)


@require_POST
@requires(Permission.WORKFLOW_EDIT)
def workflow_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The text that is being typed: its faults or its graph, and whether somebody has saved another one meanwhile."""
    newest = selectors.newest_version(selectors.workflow_for(pk))
    is_stale = request.POST.get("seen") != selectors.seen_mark(newest)
    context = {
        "checked": checked_text(request.POST.get("text", "")),
        "newest": newest,
        "is_stale": is_stale,
        "is_answer": True,
    }
    return render(request, "workflows/_check.html", context)


def _saved(request: HttpRequest, workflow: Workflow) -> HttpResponse:
    form, newest = DraftForm(request.POST), selectors.newest_version(workflow)
    if not form.is_valid():
        return _page(request, workflow, form, newest, status=422)
    told = {name: form.cleaned_data[name] for name in ("text", "seen", "note")}
    try:
        version = services.save_draft(workflow_id=workflow.pk, by=actor_of(request), **told)
    except DraftIsStale as error:
        return _page(request, workflow, _looked_at(form, newest), newest, error=error)
    if "propose" not in request.POST:
        messages.success(request, said("Version {number} is kept as a draft.", number=version.number))
        return redirect("workflows:workflow_edit", workflow.pk)
    try:
        services.propose_version(version_id=version.pk, by=actor_of(request))
    except ProbityError as error:
        return _page(request, workflow, _looked_at(form, version), version, error=error)
    messages.success(request, said("Version {number} waits for another person's approval.", number=version.number))
    return redirect("workflows:version_detail", workflow.pk, version.number)


def _looked_at(form: DraftForm, version: WorkflowVersion) -> DraftForm:
    """The same form, knowing the version that its page shows: what is saved next is saved over that one."""
    return DraftForm(data={**form.cleaned_data, "seen": selectors.seen_mark(version)})


def _page(
    request: HttpRequest, workflow: Workflow, form: DraftForm, newest: WorkflowVersion, *,
    error: ProbityError | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    text = form["text"].value() or ""
    context = {
        "workflow": workflow, "form": form, "newest": newest, "checked": checked_text(text), "help": help_of_actions(),
        "error": error, "rows": compared(newest.text, text) if isinstance(error, DraftIsStale) else [],
    }  # fmt: skip
    return render(request, "workflows/workflow_edit.html", context, status=error.status if error else status)
