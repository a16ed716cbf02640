"""Proving a scenario: its own example goes through the live path, in a transaction that is rolled back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from core.actor import Actor
from core.clock import now
from customers.enums import PartyKind
from customers.services import register_customer
from customers.shapes import NewCustomer, NewParty
from monitoring.counterparties import screened_as
from monitoring.enums import ScenarioState
from monitoring.models import Finding, PendingAssessment, ScenarioVersion
from monitoring.rules.trace import Trace
from monitoring.scenarios.examples import Event, Example, delivered_entries, delivery_rows, screened_names
from monitoring.selectors import example_for, scenario_version
from monitoring.services.assessment import assess_pending
from monitoring.services.ingestion import ingest_transactions
from monitoring.services.processes import ingest_process_events, set_qualifications
from monitoring.services.reviewing import assess_process


@dataclass(frozen=True)
class ProvenFinding:
    """A finding of the proof, kept in memory alone; it reads as a stored one does."""

    version: ScenarioVersion
    sentence: str
    trace: Trace


@dataclass(frozen=True)
class Proof:
    """What the example did: findings of the positive, and by its name how often each near miss fired."""

    findings: list[ProvenFinding] = field(default_factory=list)
    near_misses: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the positive fired and no near miss did."""
        return bool(self.findings) and not any(self.near_misses.values())


class _Undo(Exception):
    """Raised so that nothing of the proof stays."""


def prove_scenario(*, version_id: UUID, by: Actor) -> Proof:
    """Delivers the scenario's positive and its near misses, each for a customer of its own, and has them assessed.

    The path is the live one: ingestion, assessment by this version as if it were live, findings, alerts, their signals.
    Everything happens in a transaction that is rolled back, so no queue, report, message or record ever sees it: a marked
    customer would have to be kept out of each of them by hand. Raises NotFound for a scenario without an example.
    """
    version = scenario_version(version_id)
    example = example_for(version)
    return Proof(
        _played(version, example, example.positive, by),
        {name: len(_played(version, example, events, by)) for name, events in example.near_misses.items()},
    )


def _played(version: ScenarioVersion, example: Example, events: tuple[Event, ...], by: Actor) -> list[ProvenFinding]:
    found: list[ProvenFinding] = []
    try:
        with transaction.atomic():
            found = _findings(version, example, events, by)
            raise _Undo
    except _Undo:
        return found


def _findings(version: ScenarioVersion, example: Example, events: tuple[Event, ...], by: Actor) -> list[ProvenFinding]:
    ScenarioVersion.objects.filter(state__in=(ScenarioState.LIVE, ScenarioState.SHADOW)).update(
        state=ScenarioState.RETIRED
    )
    ScenarioVersion.objects.filter(pk=version.pk).update(state=ScenarioState.LIVE)
    play = _play_payments if version.definition.get("domain", "finance") == "finance" else _play_entries
    customers = play(example, events, by)
    stored = Finding.objects.filter(alert__customer__in=customers, version=version)
    return [ProvenFinding(version, item.sentence, item.trace) for item in stored]


def _play_payments(example: Example, events: tuple[Event, ...], by: Actor) -> list[UUID]:
    name = f"proof-{uuid4()}"
    names = [name, *sorted({f"{name}-{event['of']}" for event in events if "of" in event})]
    customers = [_customer(external_id, PartyKind.PERSON, by) for external_id in names]
    rows = delivery_rows(events, customer=name, end=_end(), currency=settings.BASE_CURRENCY)
    ingest_transactions(rows=rows, source="scenario proof", by=by)
    with screened_as(screened_names(events)):
        for pk in customers:
            assess_pending(pk, together=1)
    return customers


def _play_entries(example: Example, events: tuple[Event, ...], by: Actor) -> list[UUID]:
    """Entries a day ago and older: the record is taken for whole at once."""
    name = f"proof-{uuid4()}"
    customer = _customer(name, PartyKind.ORGANISATION, by)
    for table in example.tables.values():
        set_qualifications(rows=[row | {"customer_external_id": name} for row in table], source="scenario proof", by=by)
    rows = delivered_entries(events, customer=name, end=_end() - timedelta(days=1))
    ingest_process_events(rows=rows, source="scenario proof", by=by)
    waiting = PendingAssessment.objects.filter(customer=customer, run_at__lte=now())
    while (pending := waiting.values_list("pk", flat=True).first()) is not None:
        assess_process(pending)
    return [customer]


def _end() -> datetime:
    return now().replace(hour=12, minute=0, second=0) - timedelta(days=1)


def _customer(external_id: str, kind: PartyKind, by: Actor) -> UUID:
    party = NewParty(kind=kind, name="Scenario Proof")
    return register_customer(data=NewCustomer(external_id=external_id, party=party), by=by).pk
