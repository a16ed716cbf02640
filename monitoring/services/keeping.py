"""What becomes of firings: an alert is raised, grows, is raised again when it is materially worse, or nothing is told."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Max, Sum
from django.utils.timezone import localdate

from audit.services import record
from core.actor import Actor
from customers.models import Customer
from monitoring import actions
from monitoring.enums import AlertState, Quiet, ScenarioState, Severity
from monitoring.models import Alert, AlertSnooze, Finding, QuietFinding, ScenarioVersion, Transaction
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scenarios.examples import length
from monitoring.signals import alert_raised

if TYPE_CHECKING:
    from monitoring.evaluation import Found

WORSE = 3  # so many times the amount that people were told of is materially worse
_ORDER = list(Severity)


def keep_firings(
    *, version: ScenarioVersion, found: "Sequence[Found]", customer: Customer, by: Actor, stream: str
) -> int:
    """Stores firings that are new and says of how many people are told.

    Side effects: findings on the open alert, which is raised if there is none and raised again if it is materially worse
    (`alert_raised`, an audit entry); of a version in shadow, of a snoozed scenario and within a cool-down quiet findings.
    """
    fresh = _unknown(version, found)
    if not fresh:
        return 0
    if version.state == ScenarioState.SHADOW:
        return _keep_quiet(version, fresh, Quiet.SHADOW)
    alert = Alert.objects.filter(customer=customer, scenario=version.scenario, state=AlertState.OPEN).first()
    if alert is None:
        if _is_snoozed(version, customer):
            return _keep_quiet(version, fresh, Quiet.SNOOZED)
        cooling = _cooling(version, customer, fresh)
        _keep_quiet(version, [item for item in fresh if item.transaction_id in cooling], Quiet.COOLING)
        fresh = [item for item in fresh if item.transaction_id not in cooling]
    if fresh:
        _tell(alert, version, fresh, customer, by=by, stream=stream)
    return len(fresh)


def _unknown(version: ScenarioVersion, found: "Sequence[Found]") -> "list[Found]":
    """Those that no version of the scenario has found before."""
    wanted = [item.transaction_id for item in found]
    known = Finding.objects.filter(alert__scenario=version.scenario_id, transaction_id__in=wanted)
    quiet = QuietFinding.objects.filter(version__scenario=version.scenario_id, transaction_id__in=wanted)
    if version.state != ScenarioState.SHADOW:  # what shadow kept quiet was never told: once live it is
        quiet = quiet.exclude(why=Quiet.SHADOW)
    seen = {str(pk) for rows in (known, quiet) for pk in rows.values_list("transaction_id", flat=True)}
    return [item for item in found if item.transaction_id not in seen]


def _keep_quiet(version: ScenarioVersion, found: "Sequence[Found]", why: Quiet) -> int:
    rows = [
        QuietFinding(version=version, transaction_id=item.transaction_id, why=why, sentence=item.sentence)
        for item in found
    ]
    QuietFinding.objects.bulk_create(rows, ignore_conflicts=True)
    return 0


def _is_snoozed(version: ScenarioVersion, customer: Customer) -> bool:
    return AlertSnooze.objects.filter(customer=customer, scenario=version.scenario, until__gte=localdate()).exists()


def _cooling(version: ScenarioVersion, customer: Customer, found: "Sequence[Found]") -> set[str]:
    """Firings so soon after the last that was decided, and not materially larger, that they are told no more."""
    pause = ScenarioDefinition(**version.definition).cool_down
    if not pause:
        return set()
    decided = Alert.objects.filter(customer=customer, scenario=version.scenario, state=AlertState.DISPOSED)
    last = decided.order_by("-created_at").first()
    if last is None:
        return set()
    told = last.findings.aggregate(at=Max("transaction__booked_at"), most=Max("transaction__base_amount"))
    rows = Transaction.objects.filter(pk__in=[item.transaction_id for item in found])
    soon = rows.filter(booked_at__lt=told["at"] + length(pause), base_amount__lt=told["most"] * WORSE)
    return {str(pk) for pk in soon.values_list("pk", flat=True)}


def _tell(
    alert: Alert | None,
    version: ScenarioVersion,
    found: "Sequence[Found]",
    customer: Customer,
    *,
    by: Actor,
    stream: str,
) -> None:
    kept, raised = (alert, False) if alert else _open(version, customer)
    rows = [
        Finding(
            alert=kept, version=version, transaction_id=item.transaction_id, sentence=item.sentence, trace=item.trace
        )
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
    if not raised and not worse:
        return
    alert_raised.send(Alert, alert_id=kept.pk, customer_id=customer.pk)
    after = {"scenario": version.scenario.code, "version": version.number}
    record(
        actions.ALERT_RAISED if raised else actions.ALERT_RAISED_AGAIN, by=by, object_type="alert", object_id=kept.pk,
        stream=stream, after=after, subject_id=customer.pk,
    )  # fmt: skip


def _open(version: ScenarioVersion, customer: Customer) -> tuple[Alert, bool]:
    return Alert.objects.get_or_create(
        customer=customer, scenario=version.scenario, state=AlertState.OPEN, defaults={"severity": version.severity}
    )
