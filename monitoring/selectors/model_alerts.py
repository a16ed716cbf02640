"""Reads of the policies by which a model raises alerts: who raises now, what reached the line, what shadow showed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from monitoring.alerting import ModelAlerts, model_alerts_of
from monitoring.enums import AlertDisposition, AlertState, ModelMeasure, Quiet, ScenarioState
from monitoring.models import (
    Alert,
    Finding,
    ModelVersion,
    ProcessEvent,
    QuietFinding,
    RowScore,
    Scenario,
    ScenarioVersion,
    Transaction,
)
from monitoring.models.scenarios import BY_MODEL
from monitoring.selectors.labels import ROW_OF_DOMAIN, labels_by_people
from monitoring.selectors.ranking import champion_of
from monitoring.selectors.records import scenarios

_MOST, _AT_ONCE, _SHOWN = 1_000, 500, 5


def alerting_scenario(domain: str) -> Scenario | None:
    """What a domain's model raises alerts as; None where nobody drafted a policy yet."""
    return scenarios().filter(code=f"{BY_MODEL}{domain}").first()


def policies_of_model(model: ModelVersion) -> list[ScenarioVersion]:
    """The policies that a version of a model follows: live or in shadow. A policy for another version raises nothing."""
    running = ScenarioVersion.objects.filter(
        scenario__code=f"{BY_MODEL}{model.domain}", state__in=(ScenarioState.LIVE, ScenarioState.SHADOW)
    )
    return [version for version in running if model_alerts_of(version).model_id == model.pk]


def live_policies(model: ModelVersion) -> list[ScenarioVersion]:
    """Those of them by which it raises alerts: the live one, if there is one."""
    return [version for version in policies_of_model(model) if version.state == ScenarioState.LIVE]


def raises_alerts(domain: str) -> bool:
    """Whether the champion of a domain raises alerts by itself."""
    champion = champion_of(domain)
    return champion is not None and bool(live_policies(champion))


def candidates_of(version: ScenarioVersion) -> list[RowScore]:
    """Scores that reach the policy's line and that it said nothing of yet, the highest first; at most a thousand."""
    policy = model_alerts_of(version)
    measure = "unusual" if policy.measure == ModelMeasure.UNUSUAL else "percentile"
    row = ROW_OF_DOMAIN[policy.domain]
    told = Finding.objects.filter(alert__scenario=version.scenario_id, **{f"{row}__isnull": False}).values(row)
    quiet = QuietFinding.objects.filter(version__scenario=version.scenario_id, **{f"{row}__isnull": False}).values(row)
    if version.state == ScenarioState.LIVE:  # what shadow kept quiet is told once it is live
        quiet = quiet.exclude(why=Quiet.SHADOW)
    scores = RowScore.objects.filter(version=policy.model_id, **{f"{measure}__gte": policy.at_least})
    rows = scores.exclude(**{f"{row}__in": told}).exclude(**{f"{row}__in": quiet}).select_related(row)
    return list(rows.order_by(f"-{measure}", "-score", "pk")[:_MOST])


@dataclass(frozen=True)
class Shadow:
    """What a policy in shadow would have told: rows, of how many customers, since when, and the newest in words."""

    rows: int
    customers: int
    since: datetime | None
    latest: list[str]


def shadow_of(version: ScenarioVersion) -> Shadow:
    """The quiet findings of a policy."""
    rows = QuietFinding.objects.filter(version=version, why=Quiet.SHADOW)
    row = ROW_OF_DOMAIN[model_alerts_of(version).domain]
    told = rows.order_by().aggregate(rows=Count("pk"), customers=Count(f"{row}__customer", distinct=True))
    first = rows.order_by("created_at").values_list("created_at", flat=True).first()
    return Shadow(told["rows"], told["customers"], first, list(rows.values_list("sentence", flat=True)[:_SHOWN]))


@dataclass(frozen=True)
class Outcomes:
    """The alerts that a model raised by itself, and what people made of them."""

    alerts: int
    open: int
    suspicious: int
    other: int


def outcomes_of(scenario: Scenario) -> Outcomes:
    """Of every version of the policy together."""
    is_suspicious = Q(disposition=AlertDisposition.SUSPICIOUS)
    told = Alert.objects.order_by().filter(scenario=scenario).aggregate(
        alerts=Count("pk"), open=Count("pk", filter=Q(state=AlertState.OPEN)),
        suspicious=Count("pk", filter=is_suspicious),
        other=Count("pk", filter=Q(state=AlertState.DISPOSED) & ~is_suspicious),
    )  # fmt: skip
    return Outcomes(**told)


@dataclass(frozen=True)
class Reached:
    """A row that a policy's line would have reached in the past. `label`: 1 and 0 what people found, -1 nothing;
    `has_alert`: a rule found it too."""

    percentile: float
    day: date
    subject: str
    label: int
    has_alert: bool


def reached_in_past(policy: ModelAlerts, found: Iterable[tuple[str, float]], since: datetime) -> list[Reached]:
    """Rows with their percentiles as rows that say whose they are and what is known of them; those erased since left out."""
    row, percentiles = ROW_OF_DOMAIN[policy.domain], dict(found)
    model: Any = Transaction if row == "transaction" else ProcessEvent
    moment = "booked_at" if row == "transaction" else "started_at"
    fields = ("customer_id", moment, *(() if row == "transaction" else ("process_id",)))
    labels, keys = labels_by_people(policy.domain, since)[0], list(percentiles)
    reached = []
    for start in range(0, len(keys), _AT_ONCE):
        among = keys[start : start + _AT_ONCE]
        alerted = Finding.objects.filter(**{f"{row}__in": among}).exclude(alert__scenario__code=policy.code)
        known = {str(pk) for pk in alerted.values_list(f"{row}_id", flat=True)}
        for pk, customer, at, *process in model.objects.filter(pk__in=among).order_by().values_list("pk", *fields):
            key, subject = str(pk), " ".join(map(str, (customer, *process)))
            label = labels.get(key, (-1, ""))[0]
            reached.append(Reached(percentiles[key], at.date(), subject, label, key in known))
    return reached
