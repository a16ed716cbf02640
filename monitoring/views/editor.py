"""The editor of scenarios: one tree as blocks and as text, and beside it what it would have done in the past."""

from importlib import import_module
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.exceptions import InvalidInput, NotFound
from core.http import actor_of, fragment, requires
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.domains import domains
from monitoring.editing.changes import changed
from monitoring.editing.page import view_of
from monitoring.editing.sheet import Sheet, load_sheet, new_sheet, sheet_of
from monitoring.rules.faults import RuleFault
from monitoring.rules.phrases import phrase_of
from monitoring.sliders import place_sliders

_LONGEST = 400_000


@requires(Permission.SCENARIO_EDIT)
def scenario_new(request: HttpRequest) -> HttpResponse:
    """The editor with a scenario to begin with, of the domain that the URL names."""
    domain = request.GET.get("domain", "finance")
    return _page(request, new_sheet(domain if domain in domains() else "finance", selectors.named_lists()))


@requires(Permission.SCENARIO_EDIT)
def scenario_edit(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The editor with a version; saving makes another."""
    scenario = selectors.scenario_for(pk)
    version = selectors.version_for(scenario, number)
    if version.is_by_model:
        raise NotFound("What a model raises alerts by has no rule.")
    return _page(request, sheet_of(selectors.definition_of(version), selectors.named_lists()), str(pk))


@require_POST
@requires(Permission.SCENARIO_EDIT)
def scenario_change(request: HttpRequest) -> HttpResponse:
    """Takes in what was typed and what a button does; saves a draft where it is asked to and nothing is wrong."""
    base = request.POST.get("scenario", "")
    posted = _sheet(request)
    sheet = changed(posted, request.POST.dict())
    taken = []
    if base:
        sheet.values["code"] = selectors.scenario_for(base).code
    elif selectors.code_is_taken(sheet.values["code"]):
        taken = [RuleFault("/code", "code_taken", "is another scenario's short name", "another name")]
    if "save" in request.POST and not taken and not sheet.faults():
        version = services.draft_scenario(definition=sheet.definition(), by=actor_of(request))
        return _go(
            request, reverse("monitoring:scenario_detail", args=[version.scenario_id]) + f"?version={version.number}"
        )
    response = fragment(request, "monitoring/editor/_sheet.html", _context(sheet, base, taken))
    if sheet.dumped() != posted.dumped():
        response["HX-Trigger-After-Settle"] = "edited"
    return response


@require_POST
@requires(Permission.SCENARIO_EDIT)
def scenario_trial(request: HttpRequest) -> HttpResponse:
    """What the sheet would have done in the last year. An answer that a newer edit has overtaken is empty."""
    sheet = _sheet(request)
    if sheet.faults():
        return fragment(request, "monitoring/editor/_trial.html", {"faults": len(sheet.faults())})
    trials: Any = import_module("monitoring.trials")  # Polars comes with the first editor, not with the web process
    key = f"{request.user.pk} {request.POST.get('key', '')[:40]}"
    try:
        answer = trials.tried_answer(sheet.definition(), key=key, swept=request.POST.get("swept", ""))
    except trials.Superseded as ended:
        return (
            fragment(request, "monitoring/editor/_trial.html", {"is_too_long": True})
            if ended.is_too_long
            else HttpResponse(status=204)
        )
    limits = [
        (
            limit,
            f"counted: {phrase_of(limit.left, sheet.domain)}"
            if limit.is_inside
            else phrase_of(limit.left, sheet.domain),
        )
        for limit in answer.limits
    ]
    context = {"answer": answer, "trial": answer.trial, "limits": limits, "rule": sheet.definition().checked()}
    response = fragment(request, "monitoring/editor/_trial.html", context)
    if answer.has_measured:
        response["HX-Trigger-After-Settle"] = "measured"
    return response


def _page(request: HttpRequest, sheet: Sheet, base: str = "") -> HttpResponse:
    return render(request, "monitoring/scenario_edit.html", _context(sheet, base))


def _context(sheet: Sheet, base: str, faults: list[RuleFault] | None = None) -> dict[str, Any]:
    view = view_of(sheet)
    for fault in faults or ():
        view.fact_faults.setdefault(fault.path.strip("/"), []).append(fault)
    keys = {selectors.histogram_key(sheet.values["domain"], text): text for text in view.slides}
    known = {keys[key]: made for key, made in cache.get_many(keys).items()}
    place_sliders(view, known)
    return {"view": view, "values": sheet.values, "state": sheet.dumped(), "base": base}


def _sheet(request: HttpRequest) -> Sheet:
    """The sheet that the page carries; raises InvalidInput for what is none."""
    state = request.POST.get("state", "")
    try:
        if len(state) > _LONGEST:
            raise ValueError("too long")
        return load_sheet(state, selectors.named_lists())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InvalidInput("This is no scenario that the editor has made.") from None


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
