"""Scenarios and rates."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from audit.services import record
from core.actor import Actor, system_actor
from core.exceptions import Fault
from monitoring import actions
from monitoring.domains import domains
from monitoring.enums import ScenarioState
from monitoring.exceptions import ScenarioInvalid
from monitoring.models import ExchangeRate, Scenario, ScenarioVersion
from monitoring.rules.faults import RuleInvalid
from monitoring.scenarios.catalogue import ScenarioDefinition, shipped_files
from monitoring.selectors import named_lists


@transaction.atomic
def publish_scenario(*, definition: ScenarioDefinition, by: Actor) -> ScenarioVersion:
    """Makes a scenario's new version live; findings of the former keep theirs.

    Side effects: the scenario on first use, the former version retired, the new one, an audit entry. Raises
    ScenarioInvalid whose faults say where in the rule.
    """
    scenario = _scenario(definition)
    scenario.versions.filter(state=ScenarioState.LIVE).update(state=ScenarioState.RETIRED)
    version = _version(scenario, definition, ScenarioState.LIVE, by)
    after = {"scenario": definition.code, "number": version.number}
    record(
        actions.SCENARIO_PUBLISHED, by=by, object_type="scenario", object_id=scenario.pk, stream="config", after=after
    )
    return version


@transaction.atomic
def draft_scenario(*, definition: ScenarioDefinition, by: Actor) -> ScenarioVersion:
    """Adds a version that judges nothing yet.

    Side effects: the scenario on first use, the version, an audit entry. Raises ScenarioInvalid.
    """
    scenario = _scenario(definition)
    version = _version(scenario, definition, ScenarioState.DRAFT, by)
    after = {"scenario": definition.code, "number": version.number}
    record(actions.SCENARIO_DRAFTED, by=by, object_type="scenario", object_id=scenario.pk, stream="config", after=after)
    return version


def _scenario(definition: ScenarioDefinition) -> Scenario:
    try:
        definition.checked()
    except RuleInvalid as error:
        faults = [Fault(fault.path, fault.message, fault.suggestion) for fault in error.faults]
        raise ScenarioInvalid("The scenario is not valid.", faults) from error
    facts = {"title": definition.title, "typology": definition.typology}
    return Scenario.objects.update_or_create(code=definition.code, defaults=facts)[0]


def _version(scenario: Scenario, definition: ScenarioDefinition, state: ScenarioState, by: Actor) -> ScenarioVersion:
    newest = scenario.versions.select_for_update().first()
    return ScenarioVersion.objects.create(
        scenario=scenario, number=newest.number + 1 if newest else 1, definition=definition.stored(), state=state,
        severity=definition.severity, published_by=by.name,
    )  # fmt: skip


def ensure_shipped_scenarios() -> None:
    """Adds the shipped scenarios that do not exist yet: the few that need no tuning live, the others as drafts."""
    known = set(Scenario.objects.values_list("code", flat=True))
    lists = named_lists()
    for shipped in [shipped for code in domains() for shipped in shipped_files(lists, code)]:
        if shipped.definition.code not in known:
            make = publish_scenario if shipped.is_live else draft_scenario
            make(definition=shipped.definition, by=system_actor("shipped scenarios"))


@transaction.atomic
def set_rate(*, currency: str, on: date, per_base: Decimal, by: Actor) -> ExchangeRate:
    """The rate of a currency from a day on. Side effects: the rate, an audit entry."""
    rate, _ = ExchangeRate.objects.update_or_create(currency=currency, on=on, defaults={"per_base": per_base})
    after = {"currency": currency, "on": on, "per_base": per_base}
    record(actions.RATE_SET, by=by, object_type="exchange_rate", object_id=rate.pk, stream="config", after=after)
    return rate


@transaction.atomic
def import_rates(*, days: Sequence[tuple[date, Mapping[str, Decimal]]], source: str, by: Actor) -> int:
    """Rates of many days at once, those of known days renewed; how many. Side effects: the rates, one audit entry."""
    rows = [
        ExchangeRate(currency=currency, on=day, per_base=round(rate, 6))
        for day, rates in days
        for currency, rate in rates.items()
    ]
    ExchangeRate.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["currency", "on"], update_fields=["per_base"], batch_size=1000
    )
    if rows:
        after = {
            "source": source[:120],
            "rates": len(rows),
            "from": min(row.on for row in rows),
            "to": max(row.on for row in rows),
        }
        record(
            actions.RATES_IMPORTED, by=by, object_type="exchange_rate", object_id="import", stream="config", after=after
        )
    return len(rows)
