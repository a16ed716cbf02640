"""The page that says what another threshold would have raised."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from screening import selectors, services
from screening.forms import SweepForm


@requires(Permission.LIST_IMPORT)
def threshold_sweep(request: HttpRequest) -> HttpResponse:
    """Each threshold with what it would have raised; `?raise_at=` samples one, `?days=` is the period. Looking is recorded."""
    form = SweepForm.of(request.GET)
    sweep = selectors.threshold_sweep(raise_at=form.cleaned_data["raise_at"], days=form.cleaned_data["days"])
    shown = [one.pair.customer for one in (*sweep.gained, *sweep.lost)]
    services.record_sweep_view(customers=shown, raise_at=sweep.raise_at, by=actor_of(request))
    samples = (
        (said("Would be gained"), said("Discounted matches that this threshold would have raised"), sweep.gained),
        (said("Would be lost"), said("Hits that this threshold would not have raised"), sweep.lost),
    )
    context = {"form": form, "sweep": sweep, "samples": samples, "in_force": selectors.IN_FORCE}
    return render(request, "screening/threshold_sweep.html", context)
