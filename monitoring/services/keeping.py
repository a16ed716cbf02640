"""What becomes of firings: an alert is raised, grows, is raised again when it is materially worse, or nothing is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Max, QuerySet, Sum

from audit.services import Happening, record_many
from core.actor import Actor
from core.clock import today
from customers.models import Customer
from monitoring import actions
from monitoring.enums import AlertState, Quiet, ScenarioState, Severity
from monitoring.models import (
    Alert,
    AlertSnooze,
    Finding,
    ProcessEvent,
    QuietFinding,
    Scenario,
    ScenarioVersion,
    Transaction,
)
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scenarios.examples import length
from monitoring.signals import alerts_raised

WORSE = 3  # so many times the amount that people were told of is materially worse
_ORDER = list(Severity)


class Told(Protocol):
    """What an alert is told of: a row, in words and in full."""

    @property
    def row_id(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def trace(self) -> Any: ...


@dataclass(frozen=True)
class Subject:
    """Whom a scenario's alerts are about: the customer or, of a batch record, one process of it."""

    customer: Customer
    scenario: Scenario
    process_id: str

    @property
    def alerts(self) -> QuerySet[Alert]:
        """The scenario's alerts about it."""
        return Alert.objects.filter(customer=self.customer, scenario=self.scenario, process_id=self.process_id)

    def open(self, severity: str) -> tuple[Alert, bool]:
        """The open alert, and whether it was raised for this."""
        return self.alerts.get_or_create(
            customer=self.customer, scenario=self.scenario, process_id=self.process_id, state=AlertState.OPEN,
            defaults={"severity": severity},
        )  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """An alert that people are to hear of: raised, or raised again because it is materially worse."""

    alert: Alert
    version: ScenarioVersion
    raised: bool


@dataclass
class Kept:
    """What became of firings: of how many people are told, and the alerts they are to hear of by `tell_of_alerts`."""

    findings: int = 0
    tellings: list[Telling] = field(default_factory=list)

    def add(self, other: "Kept") -> None:
        """Counts what else was kept."""
        self.findings += other.findings
        self.tellings += other.tellings


def keep_firings(*, version: ScenarioVersion, found: Sequence[Told], customer: Customer, process_id: str = "") -> Kept:
    """Stores firings that are new; those of a batch record are of `process_id`.

    Side effects: findings on the open alert, which is raised if there is none and raised again if it is materially worse;
    of a version in shadow, of a snoozed scenario and within a cool-down quiet findings. Nobody is told yet.
    """
    fresh = _unknown(version, found) if found else []  # of most scenarios, most of the time, nothing fired
    if not fresh:
        return Kept()
    if version.state == ScenarioState.SHADOW:
        return _keep_quiet(version, fresh, Quiet.SHADOW)
    subject = Subject(customer, version.scenario, process_id)
    alert = subject.alerts.filter(state=AlertState.OPEN).first()
    if alert is None:
        if _is_snoozed(version, customer):
            return _keep_quiet(version, fresh, Quiet.SNOOZED)
        cooling = _cooling(version, subject, fresh)
        _keep_quiet(version, [item for item in fresh if item.row_id in cooling], Quiet.COOLING)
        fresh = [item for item in fresh if item.row_id not in cooling]
    if not fresh:
        return Kept()
    _, tellings = keep_on_alert(alert, version, fresh, subject)
    return Kept(len(fresh), tellings)


def _row(version: ScenarioVersion) -> str:
    """What of a finding names the row that a scenario of this domain fires on."""
    return "transaction_id" if version.definition.get("domain", "finance") == "finance" else "event_id"


def _unknown(version: ScenarioVersion, found: Sequence[Told]) -> list[Told]:
    """Those that no version of the scenario has found before."""
    row = _row(version)
    among = {f"{row}__in": [item.row_id for item in found]}
    known = Finding.objects.filter(alert__scenario=version.scenario_id, **among)
    quiet = QuietFinding.objects.filter(version__scenario=version.scenario_id, **among)
    if version.state != ScenarioState.SHADOW:  # what shadow kept quiet was never told: once live it is
        quiet = quiet.exclude(why=Quiet.SHADOW)
    seen = {str(pk) for rows in (known, quiet) for pk in rows.values_list(row, flat=True)}
    return [item for item in found if item.row_id not in seen]


def _keep_quiet(version: ScenarioVersion, found: Sequence[Told], why: Quiet) -> Kept:
    rows = [
        QuietFinding(version=version, why=why, sentence=item.sentence, **{_row(version): item.row_id}) for item in found
    ]
    QuietFinding.objects.bulk_create(rows, ignore_conflicts=True)
    return Kept()


def _is_snoozed(version: ScenarioVersion, customer: Customer) -> bool:
    return AlertSnooze.objects.filter(customer=customer, scenario=version.scenario, until__gte=today()).exists()


def _cooling(version: ScenarioVersion, subject: Subject, found: Sequence[Told]) -> set[str]:
    """Firings so soon after the last that was decided, and not materially larger, that they are told no more."""
    pause = ScenarioDefinition(**version.definition).cool_down
    last = subject.alerts.filter(state=AlertState.DISPOSED).order_by("-created_at").first() if pause else None
    if last is None:
        return set()
    if subject.process_id:
        return _cooling_events(last, pause, found)
    told = last.findings.aggregate(at=Max("transaction__booked_at"), most=Max("transaction__base_amount"))
    rows = Transaction.objects.filter(pk__in=[item.row_id for item in found])
    soon = rows.filter(booked_at__lt=told["at"] + length(pause), base_amount__lt=told["most"] * WORSE)
    return {str(pk) for pk in soon.values_list("pk", flat=True)}


def _cooling_events(last: Alert, pause: str, found: Sequence[Told]) -> set[str]:
    at = last.findings.aggregate(at=Max("event__started_at"))["at"]
    rows = ProcessEvent.objects.filter(pk__in=[item.row_id for item in found], started_at__lt=at + length(pause))
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def keep_on_alert(
    alert: Alert | None, version: ScenarioVersion, found: Sequence[Told], subject: Subject
) -> tuple[Alert, list[Telling]]:
    """Puts findings on the open alert, which is raised where there is none; the alert, and whether people are to hear of it.

    Side effects: the findings, the alert.
    """
    kept, raised = (alert, False) if alert else subject.open(version.severity)
    rows = [
        Finding(alert=kept, version=version, sentence=item.sentence, trace=item.trace, **{_row(version): item.row_id})
        for item in found
    ]
    Finding.objects.bulk_create(rows, ignore_conflicts=True)  # a run's step and the queue may find the same at once
    total = kept.findings.aggregate(total=Sum("transaction__base_amount"))["total"] or Decimal(0)
    worse = not raised and 0 < kept.told_amount * WORSE <= total
    if worse:
        kept.severity = _ORDER[min(_ORDER.index(Severity(kept.severity)) + 1, len(_ORDER) - 1)]
        kept.times_told += 1
    if raised or worse or not kept.told_amount:
        kept.told_amount = total
        kept.save(update_fields=["severity", "times_told", "told_amount"])
    return kept, [Telling(kept, version, raised)] if raised or worse else []


def tell_of_alerts(tellings: Sequence[Telling], *, by: Actor, stream: str = "") -> None:
    """Says that alerts were raised, or raised again. Side effects: `alerts_raised`, audit entries; last in a transaction."""
    if not tellings:
        return
    alerts_raised.send(Alert, alert_ids=[telling.alert.pk for telling in tellings])
    record_many(by=by, happenings=[
        Happening(
            action=actions.ALERT_RAISED if told.raised else actions.ALERT_RAISED_AGAIN, object_type="alert",
            object_id=told.alert.pk, stream=stream, subject_id=told.alert.customer_id,
            after={"scenario": told.version.scenario.code, "version": told.version.number},
        )
        for told in tellings
    ])  # fmt: skip
