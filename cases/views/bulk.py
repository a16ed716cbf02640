"""What is done to several cases at once, taking it back, and views that people save."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.selectors import person_for
from cases import selectors, services
from cases.enums import BulkVerb, DecisionKind
from cases.forms import BulkForm, SavedViewForm
from cases.models import BulkAction
from core.exceptions import InvalidInput
from core.http import actor_of, local_path, requires
from core.ids import parse_id
from core.permissions import Permission
from core.words import said


@require_POST
@requires(Permission.CASE_WORK)
def case_bulk(request: HttpRequest) -> HttpResponse:
    """Does the verb of the button to the chosen cases and shows a result for each."""
    choices = selectors.filter_choices(request.user)  # type: ignore[arg-type]
    dismissals = [(row.code, row.sentence) for row in selectors.reasons_for(DecisionKind.DISMISS)]
    form = BulkForm(request.POST, choices=choices, dismissals=dismissals)
    verb = request.POST.get("verb", "")
    mine = verb == "assign-me"
    if not form.is_valid() or (verb not in BulkVerb.values and not mine):
        return _shown(request, {"error": InvalidInput(said("This cannot be done: ") + _first_error(form))}, 422)
    inputs = _inputs(form.cleaned_data, verb, str(request.user.pk) if mine else form.cleaned_data["assignee"])
    try:
        action = services.apply_to_cases(
            verb=BulkVerb.ASSIGN if mine else BulkVerb(verb), case_ids=request.POST.getlist("case"), inputs=inputs,
            by=actor_of(request),
        )  # fmt: skip
    except InvalidInput as error:
        return _shown(request, {"error": error}, error.status)
    return _shown(request, _told(action))


def _inputs(data: dict[str, Any], verb: str, assignee: str) -> services.BulkInputs:
    return services.BulkInputs(
        assignee=person_for(assignee) if assignee else None,
        queue_id=parse_id(data["queue_id"]) if data["queue_id"] else None,
        reason=data.get(f"{verb}_reason", ""),
        **{name: data[name] for name in ("tag", "until", "reason_code", "rationale")},
    )


def _first_error(form: BulkForm) -> str:
    return next((f"{name}: {errors[0]}" for name, errors in form.errors.items()), said("choose what is to be done"))


def _told(action: BulkAction) -> dict[str, Any]:
    done = sum(row["done"] for row in action.rows)
    return {"action": action, "done": done, "seconds": int(services.UNDO.total_seconds())}


def _shown(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """For HTMX the results alone, and the queue is told to refresh; else a page of them."""
    context["back"] = local_path(request.POST.get("back", ""), reverse("cases:case_list"))
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/bulk_result.html", context, status=status)
    response = render(request, "cases/_bulk_result.html", context)  # 200: HTMX swaps nothing else in
    response["HX-Trigger"] = "queue-changed"
    return response


@require_POST
@requires(Permission.CASE_WORK)
def bulk_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes back what one did to several cases, within ten seconds."""
    action = services.undo_bulk(action_id=pk, by=actor_of(request))
    return _shown(request, _told(action))


@require_POST
@requires(Permission.CASE_VIEW)
def view_save(request: HttpRequest) -> HttpResponse:
    """Keeps the filters in the URL of the queue under a name."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A view needs a name of at most 60 characters.")
        return redirect("cases:case_list")
    row = services.save_view(**form.cleaned_data, query=request.GET.dict(), by=actor_of(request))
    messages.success(request, said("The view “{title}” is saved.", title=row.title))
    return redirect(f"{reverse('cases:case_list')}?saved={row.pk}")


@require_POST
@requires(Permission.CASE_VIEW)
def view_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.delete_view(view_id=pk, by=actor_of(request))
    messages.success(request, "The view is deleted.")
    return redirect("cases:case_list")
