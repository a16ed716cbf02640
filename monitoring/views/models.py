"""Pages of models: versions, one version with its evaluation, its features, what it said; downloads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound, ProbityError
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from monitoring import selectors, services
from monitoring.enums import ModelMove, ModelState
from monitoring.learning.report import report_html
from monitoring.model_pages import evaluation_of, features_of
from monitoring.models import ModelVersion
from monitoring.promotion import promotions_from
from workflows.services import start_work

_DOWNLOADS = ("report.html", "metrics.json", "audit_log.json", "model_card.json")
_HIGHEST = 10


@requires(Permission.SCENARIO_VIEW)
def model_list(request: HttpRequest) -> HttpResponse:
    """Every version of every model, and the way to train another."""
    domains = list(selectors.ROW_OF_DOMAIN)
    alerting = [(domain, selectors.raises_alerts(domain)) for domain in domains]
    context = {"versions": selectors.model_versions(), "domains": domains, "alerting": alerting}
    return render(request, "monitoring/models/model_list.html", context)


@requires(Permission.SCENARIO_VIEW)
def model_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A version: where it comes from, how good it is, beside whom, what may be done with it."""
    version = selectors.model_version(pk)
    moves = promotions_from(version.state, was_champion=version.was_champion_at is not None)
    context = {
        "version": version, "moves": [(move, move.label) for move in moves], "downloads": _DOWNLOADS,
        **evaluation_of(version), "is_alerting": bool(selectors.live_policies(version)),
        "feedback": selectors.feedback_of(version) if version.state == ModelState.CHAMPION else None,
        "scores": selectors.scores_told_to(request.user, selectors.scores_of_version(version)[:_HIGHEST]),
    }  # fmt: skip
    return render(request, "monitoring/models/model_detail.html", context)


@requires(Permission.SCENARIO_VIEW)
def model_features(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The catalogue of what a version looks at: meaning, distribution in training, drift since."""
    version = selectors.model_version(pk)
    context = {"version": version, "features": features_of(version)}
    return render(request, "monitoring/models/model_features.html", context)


@require_POST
@requires(Permission.SCENARIO_EDIT)
def model_move(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """Validates, approves, runs in shadow, promotes, restores or retires a version."""
    version = selectors.model_version(pk)
    if move not in ModelMove.values:
        raise NotFound("There is no such move.")
    try:
        moved = services.move_model(version_id=version.pk, move=ModelMove(move), by=actor_of(request))
        messages.success(
            request, said("Version {number} is {state}.", number=moved.number, state=moved.get_state_display().lower())
        )
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect("monitoring:model_detail", pk)


@require_POST
@requires(Permission.SCENARIO_EDIT)
def model_train(request: HttpRequest, domain: str) -> HttpResponse:
    """Has a worker train a draft by people's decisions."""
    return _started(request, said("model training"), domain, said("Training of the {domain} model", domain=domain))


@require_POST
@requires(Permission.SCENARIO_EDIT)
def model_score(request: HttpRequest, domain: str) -> HttpResponse:
    """Has a worker score the rows of the last month by champion and challenger."""
    return _started(request, said("model scoring"), domain, said("Scoring by the {domain} models", domain=domain))


def _started(request: HttpRequest, kind: str, domain: str, title: str) -> HttpResponse:
    if domain not in selectors.ROW_OF_DOMAIN:
        raise NotFound("There are no models of this domain.")
    work = start_work(kind=kind, title=title, inputs={"domain": domain}, by=actor_of(request))
    return redirect("workflows:work_detail", work.pk)


@requires(Permission.SCENARIO_VIEW)
def model_download(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """A version's report, measures, card or log as a file. Taking it is recorded."""
    version = selectors.model_version(pk)
    if what not in _DOWNLOADS:
        raise NotFound("There is no such file.")
    services.record_model_export(version=version, what=what, by=actor_of(request))
    name = f"{version.domain}-v{version.number}-{what}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    if what == "report.html":
        return HttpResponse(report_html(version.manifest, version.metrics), headers=disposition)
    return JsonResponse(_file(version, what), safe=False, json_dumps_params={"indent": 1}, headers=disposition)


def _file(version: ModelVersion, what: str) -> Any:
    if what == "metrics.json":
        return version.metrics
    if what == "audit_log.json":
        return list(selectors.log_of_version(version))
    facts = {"number": version.number, "state": version.state, "checksum": version.checksum}
    measures = {name: version.metrics.get(name) for name in ("learnt", "features", "imputed", "importance")}
    return version.manifest | facts | measures
