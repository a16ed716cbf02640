"""Training and scoring as long work: both may take minutes, and neither decides anything."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.urls import reverse

from core.clock import now
from core.exceptions import InvalidInput
from core.version import code_version
from core.words import said
from monitoring.alerting import model_alerts_of
from monitoring.alerting_figures import figures_of, lowest_line
from monitoring.enums import ModelState
from monitoring.exceptions import ModelUnusable
from monitoring.selectors import (
    ROW_OF_DOMAIN,
    champion_of,
    definitions_of,
    labels_by_people,
    live_versions,
    model_version,
    policies_of_model,
    reached_in_past,
    rows_behind_alerts,
    running_models,
    scenario_version,
)
from monitoring.services import follow_policies, keep_backtest, keep_model, keep_scores
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

TRAINING, SCORING, POLICY_TRIAL = "model training", "model scoring", "trial of a model's alerts"
LOOKED_AT, STEPS, TRIED = 730, 9, 90


def train_model(context: WorkContext, progress: Progress) -> WorkResult:
    """Trains a draft on the stored rows by people's labels, measured beside the champion on the same rows."""
    modelling: Any = import_module("monitoring.modelling")  # Polars is loaded by workers only
    training: Any = import_module("monitoring.learning.training")
    domain = _domain(context)
    since = now() - timedelta(days=LOOKED_AT)
    labels, disputed = labels_by_people(domain, since)
    done_steps: list[str] = []

    def told(step: str) -> None:
        done_steps.append(step)
        progress.report(min(len(done_steps), STEPS), STEPS, step)

    told("reading rows and labels")
    champion = champion_of(domain)
    beside = modelling.read_artefact(champion.artefact.content, champion.checksum) if champion else None
    definitions = definitions_of(live_versions())
    try:
        done, digest = modelling.trained(
            domain, since, labels, [item for item in definitions if item.domain == domain], beside, told,
            _compared(context),
        )  # fmt: skip
    except training.TrainingImpossible as error:
        raise ModelUnusable(str(error)) from error
    content, checksum = modelling.artefact_of(done.model)
    manifest = {
        "title": f"{domain} model", "domain": domain, "author": context.by.name, "data_sha256": digest,
        "query": {"rows_since": since.isoformat(), "labels": "decided alerts (agreed first), flags, imported labels",
                  "disputed": disputed,
                  "beside": champion.number if champion else None},
        "code": code_version(), "rows": done.metrics["learnt"],
        "created_at": now().isoformat(timespec="seconds"),
    }  # fmt: skip
    version = keep_model(
        domain=domain, content=content, checksum=checksum, manifest=manifest, metrics=done.metrics, by=context.by
    )
    result: dict[str, object] = {"version": version.number, **done.metrics["learnt"]}
    return WorkResult(result, reverse("monitoring:model_detail", args=[version.pk]))


def _compared(context: WorkContext) -> tuple[str, ...]:
    """The fields whose groups are compared; none where the policy names none."""
    named = context.inputs.get("fairness")
    return tuple(str(name) for name in named) if isinstance(named, list) else ()


def score_rows(context: WorkContext, progress: Progress) -> WorkResult:
    """Has champion and challenger score the rows of the last days; the challenger's scores are seen on its page alone.

    Where people switched on a policy for the champion, it raises alerts of what reached the policy's line.
    """
    modelling: Any = import_module("monitoring.modelling")
    domain, days = _domain(context), int(str(context.inputs.get("days", 30)))
    since = now() - timedelta(days=days)
    running = running_models(domain)
    behind = rows_behind_alerts(domain, since)
    told: dict[str, object] = {}
    for number, version in enumerate(running):
        progress.report(number, len(running), f"version {version.number}")
        try:
            model = modelling.read_artefact(version.artefact.content, version.checksum)
        except modelling.ArtefactRefused as error:
            raise ModelUnusable(str(error)) from error
        policies = policies_of_model(version) if version.state == ModelState.CHAMPION else []
        lines = [model_alerts_of(policy) for policy in policies]
        scores, seen = modelling.scored_rows(model, domain, since, ROW_OF_DOMAIN[domain], behind, lines)
        keep_scores(version_id=version.pk, scores=scores, seen=seen, by=context.by)
        told[f"version {version.number}"] = len(scores)
        if policies:
            made = follow_policies(policies, by=context.by)
            told |= {"alerts raised": made.alerts, "held back by the daily cap": made.held_back}
    progress.report(len(running), len(running), "done")
    url = reverse("monitoring:model_detail", args=[model_version(running[0].pk).pk]) if running else ""
    return WorkResult(told, url)


def try_policy(context: WorkContext, progress: Progress) -> WorkResult:
    """Tries a policy by which a model would raise alerts on the past; it stores figures and raises nothing."""
    modelling: Any = import_module("monitoring.modelling")
    version = scenario_version(context.inputs["version_id"])
    policy, since = model_alerts_of(version), now() - timedelta(days=TRIED)
    model = model_version(policy.model_id)
    progress.report(0, 2, "scoring the rows of the past")
    try:
        artefact = modelling.read_artefact(model.artefact.content, model.checksum)
    except modelling.ArtefactRefused as error:
        raise ModelUnusable(str(error)) from error
    rows, found = modelling.rows_in_past(artefact, policy.domain, since, policy.measure, lowest_line(policy))
    progress.report(1, 2, "comparing with what people found")
    result = figures_of(policy, reached_in_past(policy, found, since), rows, TRIED)
    keep_backtest(version_id=version.pk, result=result, by=context.by)
    own = next(level for level in result["levels"] if level["at_least"] == policy.at_least)
    told: dict[str, object] = {f"alerts in {TRIED} days": own["alerts"], "held back by the daily cap": own["held_back"]}
    return WorkResult(told, reverse("monitoring:model_alerting", args=[policy.domain]))


def _domain(context: WorkContext) -> str:
    domain = str(context.inputs["domain"])
    if domain not in ROW_OF_DOMAIN:
        raise InvalidInput(said("There are no models of {domain}.", domain=domain))
    return domain


register_work(WorkKind(TRAINING, train_model, "No version is made."))
register_work(WorkKind(POLICY_TRIAL, try_policy, "The policy stays as it was."))
register_work(WorkKind(SCORING, score_rows, "The scores of before stay."))
