"""Pages of scenarios and of exchange rates."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.forms import RateForm
from monitoring.rules.trace import nodes_of
from monitoring.rules.words import text_of
from monitoring.scenarios.catalogue import ScenarioDefinition


@requires(Permission.SCENARIO_VIEW)
def scenario_list(request: HttpRequest) -> HttpResponse:
    """Every scenario with its alerts."""
    return render(request, "monitoring/scenario_list.html", {"scenarios": selectors.scenarios()})


@requires(Permission.SCENARIO_VIEW)
def scenario_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A scenario: its rule as text, its parameters with their meaning, its rationale, its versions."""
    scenario = selectors.scenario_for(pk)
    versions = list(scenario.versions.all())
    definition = ScenarioDefinition(**versions[0].definition)
    rule = definition.checked()
    context = {
        "scenario": scenario, "versions": versions, "definition": definition,
        "conditions": [(depth, type(node).__name__, text_of(node)) for _, depth, node in nodes_of(rule.condition)],
        "measures": [(measure.name, text_of(measure.operand)) for measure in rule.measures],
        "parameters": [(name, value, definition.meanings.get(name, "")) for name, value in rule.parameters.items()],
    }  # fmt: skip
    return render(request, "monitoring/scenario_detail.html", context)


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
