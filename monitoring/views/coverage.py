"""The page of typologies and what looks for them, and the proof of a scenario."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from core.http import actor_of, requires
from core.permissions import Permission
from monitoring import selectors, services


@requires(Permission.SCENARIO_VIEW)
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Typologies against scenarios, with alerts and conversion."""
    return render(request, "monitoring/coverage.html", {"typologies": selectors.coverage()})


@require_POST
@requires(Permission.SCENARIO_EDIT)
def scenario_prove(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Runs the scenario's own example through the live path and shows what it found; nothing of it stays."""
    version = selectors.version_for(selectors.scenario_for(pk), number)
    proof = services.prove_scenario(version_id=version.pk, by=actor_of(request))
    return render(request, "monitoring/scenario_proof.html", {"version": version, "proof": proof})
