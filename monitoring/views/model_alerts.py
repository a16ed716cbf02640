"""The page of the policy by which a domain's model raises alerts by itself: its versions, their figures, a new draft."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from monitoring import selectors, services
from monitoring.alerting import ModelAlerts, model_alerts_of
from monitoring.enums import ScenarioState
from monitoring.forms import ModelAlertsForm
from monitoring.models import ModelVersion, ScenarioVersion
from monitoring.views.scenarios import moves_for

_TRIED = 2


@dataclass(frozen=True)
class _Shown:
    """A version of the policy on the page, and what this person may do with it."""

    version: ScenarioVersion
    policy: ModelAlerts
    champion: ModelVersion | None
    moves: list[tuple[str, str, str]]

    @property
    def is_of_champion(self) -> bool:
        return self.champion is not None and self.policy.model_id == self.champion.pk


@requires(Permission.SCENARIO_VIEW)
def model_alerting(request: HttpRequest, domain: str) -> HttpResponse:
    """Whether the model of a domain raises alerts by itself, and how that came."""
    return _page(request, domain, ModelAlertsForm())


@require_POST
@requires(Permission.SCENARIO_EDIT)
def model_alerting_draft(request: HttpRequest, domain: str) -> HttpResponse:
    """Drafts a policy for the champion; it raises nothing yet."""
    form, champion = ModelAlertsForm(request.POST), selectors.champion_of(domain)
    if champion is None:
        raise NotFound("There is no champion.")
    if form.is_valid():
        try:
            made = services.draft_model_alerts(model_id=champion.pk, **form.cleaned_data, by=actor_of(request))
            messages.success(request, said("Version {number} is drafted.", number=made.number))
            return redirect("monitoring:model_alerting", domain)
        except ProbityError as error:
            add_faults(form, error)
    return _page(request, domain, form, 422)


def _page(request: HttpRequest, domain: str, form: ModelAlertsForm, status: int = 200) -> HttpResponse:
    if domain not in selectors.ROW_OF_DOMAIN:
        raise NotFound("There are no models of this domain.")
    champion, scenario = selectors.champion_of(domain), selectors.alerting_scenario(domain)
    versions = list(scenario.versions.select_related("approved_by")) if scenario else []
    told = [_Shown(item, model_alerts_of(item), champion, moves_for(request, item)) for item in versions]
    shadow = next((item for item in versions if item.state == ScenarioState.SHADOW), None)
    context = {
        "domain": domain, "champion": champion, "scenario": scenario, "policies": told, "form": form,
        "live": next((item for item in told if item.version.state == ScenarioState.LIVE), None),
        "tried": [item for item in told if item.version.backtest and item.version.state != ScenarioState.RETIRED][:_TRIED],
        "shadow": selectors.shadow_of(shadow) if shadow else None, "shadow_version": shadow,
        "outcomes": selectors.outcomes_of(scenario) if scenario else None,
    }  # fmt: skip
    return render(request, "monitoring/models/alerting.html", context, status=status)
