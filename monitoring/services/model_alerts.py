"""Policies by which a model raises alerts: drafted by people, and followed after each scoring, with a cap a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import today
from core.exceptions import InvalidInput
from customers.selectors import customers_in_turn
from monitoring import actions
from monitoring.alerting import LEAST, ModelAlerts, Ranked, model_alerts_of, policy_for, ranked
from monitoring.enums import AlertState, ModelState, ScenarioState
from monitoring.exceptions import MoveNotAllowed
from monitoring.models import Alert, ModelVersion, Scenario, ScenarioVersion
from monitoring.selectors import candidates_of
from monitoring.services.keeping import Kept, Subject, keep_firings, tell_of_alerts

_WHOLE = 100


@dataclass(frozen=True)
class RaisedByModel:
    """What following a policy came to. `held_back` are subjects that the cap left for another day."""

    alerts: int
    findings: int
    held_back: int


@transaction.atomic
def draft_model_alerts(
    *, model_id: UUID, measure: str, at_least: float, daily_cap: int, severity: str, by: Actor
) -> ScenarioVersion:
    """A policy that raises nothing before it was tried on the past and another person approved it.

    Side effects: the scenario on first use, its new version, an audit entry. Raises NotAPerson, MoveNotAllowed for a model that
    is not champion, InvalidInput.
    """
    person_for_actor(by)
    model = ModelVersion.objects.select_for_update(of=("self",)).get(pk=model_id)
    if model.state != ModelState.CHAMPION:
        raise MoveNotAllowed("Only the champion may raise alerts.")
    if not LEAST <= at_least < _WHOLE or daily_cap < 1:
        raise InvalidInput("A policy takes a percentile from 95 to under 100 and at least one alert a day.")
    policy = policy_for(model, measure=measure, at_least=at_least, daily_cap=daily_cap, severity=severity)
    facts = {"title": policy.title, "typology": policy.definition()["typology"]}
    scenario, _ = Scenario.objects.get_or_create(code=policy.code, defaults=facts)
    newest = scenario.versions.aggregate(number=Max("number"))["number"] or 0
    version = ScenarioVersion.objects.create(
        scenario=scenario, number=newest + 1, definition=policy.definition(), state=ScenarioState.DRAFT,
        severity=policy.severity, published_by=by.name,
    )  # fmt: skip
    record(actions.SCENARIO_DRAFTED, by=by, object_type="scenario", object_id=scenario.pk, stream="config", after={
        "scenario": policy.code, "number": version.number, **policy.definition()["parameters"], "at_least": str(at_least),
    })  # fmt: skip
    return version


@transaction.atomic
def raise_by_model(*, version_id: UUID, by: Actor) -> RaisedByModel:
    """Follows a policy over what its model last said, the highest first; nothing is told of the same row twice.

    Side effects: those of `keep_firings` (in shadow quiet findings alone), `tell_of_alerts`, an audit entry where anything
    came of it. Of subjects without an open alert so many are told a day as the cap says; others wait, and what is higher
    by then goes first.
    """
    found = ScenarioVersion.objects.select_for_update(of=("self",)).select_related("scenario")
    version = found.get(pk=version_id)
    if version.state not in {ScenarioState.LIVE, ScenarioState.SHADOW}:
        return RaisedByModel(0, 0, 0)
    policy = model_alerts_of(version)
    kept, held_back = _followed(version, policy)
    raised = sum(telling.raised for telling in kept.tellings)
    tell_of_alerts(kept.tellings, by=by)
    if kept.findings or held_back:
        record(actions.MODEL_ALERTED, by=by, object_type="scenario", object_id=version.scenario_id, stream="config", after={
            "scenario": policy.code, "number": version.number, "alerts": raised, "held_back": held_back,
        })  # fmt: skip
    return RaisedByModel(raised, kept.findings, held_back)


def _followed(version: ScenarioVersion, policy: ModelAlerts) -> tuple[Kept, int]:
    by_subject: dict[tuple[UUID, str], list[Ranked]] = {}
    for score in candidates_of(version):
        row = score.transaction or score.event
        if row is not None:
            key = row.customer_id, getattr(row, "process_id", "")
            by_subject.setdefault(key, []).append(ranked(policy, score))
    customers = {customer.pk: customer for customer in customers_in_turn({pk for pk, _ in by_subject})}
    told_today = Alert.objects.filter(scenario=version.scenario_id, created_at__date=today()).count()
    kept, held_back, is_live = Kept(), 0, version.state == ScenarioState.LIVE
    for (customer_id, process_id), rows in by_subject.items():
        subject = Subject(customers[customer_id], version.scenario, process_id)
        is_new = is_live and not subject.alerts.filter(state=AlertState.OPEN).exists()
        if is_new and told_today >= policy.daily_cap:
            held_back += 1
            continue
        made = keep_firings(version=version, found=rows, customer=subject.customer, process_id=process_id)
        told_today += sum(telling.raised for telling in made.tellings)
        kept.add(made)
    return kept, held_back


def follow_policies(versions: Iterable[ScenarioVersion], *, by: Actor) -> RaisedByModel:
    """The same for each of these versions, together. Side effects: those of `raise_by_model`."""
    made = [raise_by_model(version_id=version.pk, by=by) for version in versions]
    return RaisedByModel(
        sum(item.alerts for item in made), sum(item.findings for item in made), sum(item.held_back for item in made)
    )
