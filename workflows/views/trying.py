"""Trying a version on a past run without effects, and what that showed beside what did happen."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.http import actor_of, requires
from core.permissions import Permission
from workflows import selectors, services
from workflows.engine.links import links_by_id
from workflows.forms import AboutForm
from workflows.trial_page import lines_of_trial, picture_of_trial
from workflows.trials import tried_steps


@requires(Permission.WORKFLOW_EDIT)
def trial_start(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Asks for a past run (`?about=` narrows them); a POST with one has a worker try the version on it."""
    version = selectors.version_for(pk, number)
    if request.method == "POST":
        run = selectors.run_for(request.POST.get("run"))
        trial = services.start_trial(version_id=version.pk, run_id=run.pk, by=actor_of(request))
        return redirect("workflows:work_detail", trial.work_id)
    form = AboutForm(request.GET)
    form.is_valid()
    runs = selectors.runs_to_try_on(version.workflow, form.cleaned_data.get("about", ""))
    found = links_by_id(((f"{run.subject_type}_id", str(run.subject_id)) for run in runs), request.user)
    lines = [(run, found.get(str(run.subject_id))) for run in runs]
    return render(request, "workflows/trial_start.html", {"version": version, "form": form, "lines": lines})


@requires(Permission.WORKFLOW_VIEW)
def trial_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The graph with what would happen at each step, and what differs from what did."""
    trial = selectors.trial_with_id(pk)
    found = tried_steps(trial)
    context = {
        "trial": trial, "picture": picture_of_trial(trial, found), "lines": lines_of_trial(found),
        "differ": sum(one.differs for one in found), "is_old": trial.revision != trial.version.revision,
    }  # fmt: skip
    return render(request, "workflows/trial_detail.html", context)
