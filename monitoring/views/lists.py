"""Pages of the lists that rules look into."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound, ProbityError
from core.forms import refusal_of
from core.http import actor_of, requires
from core.ids import parse_id
from core.pagination import page_of
from core.permissions import Permission
from core.words import said
from monitoring import selectors, services
from monitoring.enums import LIST_ANSWERS, ListMove, ListState
from monitoring.forms import DayForm, EntriesForm, ListForm
from monitoring.list_values import ReadValues
from monitoring.models import RuleList, RuleListVersion

_SHOWN = 50


@requires(Permission.SCENARIO_VIEW)
def rule_list_list(request: HttpRequest) -> HttpResponse:
    """Every list with what is in force."""
    return render(request, "monitoring/lists/rule_list_list.html", {"lists": selectors.rule_lists()})


@requires(Permission.RULE_LIST_EDIT)
def rule_list_new(request: HttpRequest) -> HttpResponse:
    """A new list; POST makes it with an empty draft."""
    form = ListForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = refusal_of(form, lambda values: services.create_list(**values, by=actor_of(request)))
        if not status:
            return redirect("monitoring:rule_list_detail", form.cleaned_data["name"])
    return render(request, "monitoring/lists/rule_list_new.html", {"form": form}, status=status)


@requires(Permission.SCENARIO_VIEW)
def rule_list_detail(request: HttpRequest, name: str) -> HttpResponse:
    """A version of a list: its entries, what differs from the one before, all versions, who looks into it.

    POST searches the entries: what is searched for stays out of the address.
    """
    shown = selectors.rule_list_named(name)
    version = selectors.list_version(shown, request.GET.get("version", ""))
    return _page(request, shown, version, query=request.POST.get("query", "").strip()[:200])


@require_POST
@requires(Permission.RULE_LIST_EDIT)
def rule_list_draft(request: HttpRequest, name: str) -> HttpResponse:
    """Drafts a version with what is in force."""
    shown = selectors.rule_list_named(name)
    try:
        version = services.draft_list(list_id=shown.pk, by=actor_of(request))
    except ProbityError as error:
        messages.error(request, error.message)
        return redirect("monitoring:rule_list_detail", name)
    return _at(version)


@require_POST
@requires(Permission.RULE_LIST_EDIT)
def rule_list_add(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Puts values on a draft."""
    shown = selectors.rule_list_named(name)
    version = selectors.list_version(shown, number)
    form = EntriesForm(request.POST, request.FILES, holds=shown.holds)
    status = refusal_of(
        form, lambda values: services.add_entries(version_id=version.pk, values=values["read"], by=actor_of(request))
    )
    if status:
        return _page(request, shown, version, form=form, status=status)
    messages.success(request, said("{entries} values are on the draft.", entries=f"{len(form.read.entries):,}"))
    return _at(version)


@require_POST
@requires(Permission.RULE_LIST_EDIT)
def rule_list_day(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Sets the day a draft is wanted in force from."""
    shown = selectors.rule_list_named(name)
    version = selectors.list_version(shown, number)
    form = DayForm(request.POST)
    status = refusal_of(
        form,
        lambda values: services.change_list_draft(
            version_id=version.pk, added=ReadValues(), removed=(), **values, by=actor_of(request)
        ),
    )
    return _page(request, shown, version, day=form, status=status) if status else _at(version)


@require_POST
@requires(Permission.RULE_LIST_EDIT)
def rule_list_remove(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Takes chosen entries off a draft."""
    version = selectors.list_version(selectors.rule_list_named(name), number)
    chosen = [parse_id(value) for value in request.POST.getlist("entry")]
    try:
        removed = services.remove_entries(version_id=version.pk, entries=chosen, by=actor_of(request))
        messages.success(request, said("{removed} entries are taken off the draft.", removed=f"{removed:,}"))
    except ProbityError as error:
        messages.error(request, error.message)
    return _at(version)


@require_POST
@requires(Permission.RULE_LIST_EDIT)
def rule_list_move(request: HttpRequest, name: str, number: int, move: str) -> HttpResponse:
    """Proposes or discards a version."""
    return _moved(request, name, number, move, is_answer=False)


@require_POST
@requires(Permission.RULE_LIST_APPROVE)
def rule_list_answer(request: HttpRequest, name: str, number: int, move: str) -> HttpResponse:
    """Puts in force what somebody else proposed, or sends it back."""
    return _moved(request, name, number, move, is_answer=True)


def _moved(request: HttpRequest, name: str, number: int, move: str, *, is_answer: bool) -> HttpResponse:
    version = selectors.list_version(selectors.rule_list_named(name), number)
    if move not in ListMove.values or (move in LIST_ANSWERS) is not is_answer:
        raise NotFound("There is no such move.")
    try:
        moved = services.move_list_version(version_id=version.pk, move=ListMove(move), by=actor_of(request))
    except ProbityError as error:
        messages.error(request, error.message)
        return _at(version)
    if move == ListMove.DISCARD:
        messages.success(request, "The draft is discarded.")
        return redirect("monitoring:rule_list_list")
    messages.success(request, said("Version {number} is {standing}.", number=moved.number, standing=moved.standing))
    return _at(moved)


def _at(version: RuleListVersion) -> HttpResponse:
    response = redirect("monitoring:rule_list_detail", version.rule_list.name)
    response["Location"] += f"?version={version.number}"
    return response


def _page(
    request: HttpRequest, shown: RuleList, version: RuleListVersion, *, query: str = "", form: EntriesForm | None = None,
    day: DayForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    before, changes = selectors.list_changes(version)
    may_edit = request.user.has_perm(Permission.RULE_LIST_EDIT)
    versions = list(shown.versions.all())
    context: dict[str, Any] = {
        "list": shown, "version": version, "versions": versions, "before": before, "changes": changes, "query": query,
        "page": page_of(request, selectors.entries_of(version, query), _SHOWN),
        "looking": selectors.scenarios_looking_into(shown.name),
        "may_change": may_edit and version.state == ListState.DRAFT,
        "may_draft": may_edit and not any(item.state in {ListState.DRAFT, ListState.PROPOSED} for item in versions),
        "form": form or EntriesForm(holds=shown.holds),
        "day": day or DayForm(initial={"in_force_from": version.in_force_from}),
    }  # fmt: skip
    return render(request, "monitoring/lists/rule_list_detail.html", context, status=status)
