"""Pages of scenarios and of exchange rates."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from core.words import said
from monitoring import selectors, services
from monitoring.editing.differences import differences
from monitoring.enums import ScenarioMove
from monitoring.forms import ParameterForm, RateForm, ScenarioFilterForm
from monitoring.lifecycle import MOVES, moves_from
from monitoring.models import Scenario, ScenarioVersion
from monitoring.ranking_works import POLICY_TRIAL
from monitoring.rules.telling import rule_lines
from monitoring.rules.words import text_of
from workflows.services import start_work


@requires(Permission.SCENARIO_VIEW)
def scenario_list(request: HttpRequest) -> HttpResponse:
    """Every scenario with its alerts; the address narrows them by domain, state and severity."""
    form = ScenarioFilterForm(request.GET)
    narrowing = form.cleaned_data if form.is_valid() else {}
    context = {"lines": selectors.scenario_lines(**narrowing), "form": form, "narrowed": any(narrowing.values())}
    return render(request, "monitoring/scenario_list.html", context)


@requires(Permission.SCENARIO_VIEW)
def scenario_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A scenario: its rule as text, its parameters with their meaning, its rationale, its versions and their way."""
    scenario = selectors.scenario_for(pk)
    if scenario.is_by_model:
        return redirect("monitoring:model_alerting", scenario.versions.latest("number").definition["domain"])
    shown = selectors.version_for(scenario, request.GET["version"]) if "version" in request.GET else None
    return _scenario_page(request, scenario, shown)


@require_POST
@requires(Permission.SCENARIO_EDIT)
def scenario_redraft(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Drafts a version with other values of the parameters."""
    scenario = selectors.scenario_for(pk)
    version = selectors.version_for(scenario, number)
    if version.is_by_model:
        raise NotFound("What a model raises alerts by has no rule.")
    form = ParameterForm(request.POST, definition=selectors.definition_of(version))
    if form.is_valid():
        try:
            made = services.redraft_scenario(version_id=version.pk, parameters=form.values(), by=actor_of(request))
            messages.success(request, said("Version {number} is drafted.", number=made.number))
            return redirect("monitoring:scenario_detail", pk)
        except ProbityError as error:
            add_faults(form, error)
    return _scenario_page(request, scenario, version, form, status=422)


@require_POST
@requires(Permission.SCENARIO_EDIT)
def scenario_backtest(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Has a worker try the version on the past."""
    scenario = selectors.scenario_for(pk)
    version = selectors.version_for(scenario, number)
    work = start_work(
        kind=POLICY_TRIAL if version.is_by_model else "scenario backtest", by=actor_of(request),
        title=said("Backtest of {code}, version {number}", code=scenario.code, number=version.number),
        inputs={"version_id": str(version.pk)},
    )  # fmt: skip
    return redirect("workflows:work_detail", work.pk)


@require_POST
@requires(Permission.SCENARIO_EDIT)
def scenario_move(request: HttpRequest, pk: UUID, number: int, move: str) -> HttpResponse:
    """Proposes, makes live or retires a version."""
    return _moved(request, pk, number, move, Permission.SCENARIO_EDIT)


@require_POST
@requires(Permission.SCENARIO_APPROVE)
def scenario_answer(request: HttpRequest, pk: UUID, number: int, move: str) -> HttpResponse:
    """Approves a version that somebody else proposed, or sends it back."""
    return _moved(request, pk, number, move, Permission.SCENARIO_APPROVE)


def _moved(request: HttpRequest, pk: UUID, number: int, move: str, permission: Permission) -> HttpResponse:
    version = selectors.version_for(selectors.scenario_for(pk), number)
    if move not in ScenarioMove.values or MOVES[ScenarioMove(move)].permission is not permission:
        raise NotFound("There is no such move.")
    try:
        moved = services.move_version(version_id=version.pk, move=ScenarioMove(move), by=actor_of(request))
        messages.success(
            request, said("Version {number} is {state}.", number=moved.number, state=moved.get_state_display().lower())
        )
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect("monitoring:scenario_detail", pk)


def _scenario_page(
    request: HttpRequest, scenario: Scenario, shown: ScenarioVersion | None = None, form: ParameterForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    versions = list(scenario.versions.all())
    version = shown or versions[0]
    definition = selectors.definition_of(version)
    rule = definition.checked()
    former = selectors.replaced_version(version)
    moves = {item.number: moves_for(request, item) for item in versions}
    context = {
        "scenario": scenario, "versions": [(item, moves[item.number]) for item in versions], "version": version,
        "definition": definition, "text": text_of(rule.condition),
        "conditions": rule_lines(rule),
        "measures": [(measure.name, text_of(measure.operand)) for measure in rule.measures],
        "parameters": [
            (name, _told(value), definition.meanings.get(name, "")) for name, value in rule.parameters.items()
        ],
        "former": former, "differences": differences(selectors.definition_of(former), definition) if former else None,
        "quiet": selectors.quiet_counts(scenario), "silent": selectors.silent_traces(version),
        "form": form or ParameterForm(definition=definition),
    }  # fmt: skip
    return render(request, "monitoring/scenario_detail.html", context, status=status)


def _told(value: object) -> str:
    """A parameter's value as a person writes it: the words of a list with commas between."""
    return ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)


def moves_for(request: HttpRequest, version: ScenarioVersion) -> list[tuple[str, str, str]]:
    """What this person can do with the version: the move, what it is called, where it is posted."""
    return [
        (
            move,
            MOVES[move].label,
            "scenario_answer" if MOVES[move].permission is Permission.SCENARIO_APPROVE else "scenario_move",
        )
        for move in moves_from(version.state)
        if request.user.has_perm(MOVES[move].permission)
    ]


@requires(Permission.SCENARIO_EDIT)
def rate_list(request: HttpRequest) -> HttpResponse:
    """Exchange rates; POST sets one."""
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_rate(**form.cleaned_data, by=actor_of(request))
        messages.success(request, "The rate is set.")
        return redirect("monitoring:rate_list")
    context = {
        "form": form,
        "page": page_of(request, selectors.exchange_rates()),
        "base_currency": settings.BASE_CURRENCY,
    }
    return render(request, "monitoring/rate_list.html", context)
