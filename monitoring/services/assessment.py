"""Assessing transactions by the live scenarios: in a worker, outside the request that delivered them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from customers.models import Customer
from monitoring import actions
from monitoring.enums import AlertState
from monitoring.models import Alert, Finding, PendingAssessment, ScenarioVersion, Transaction
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import live_versions
from monitoring.signals import alert_raised

_HISTORY = timedelta(days=400)
_AGAIN_IN = timedelta(seconds=60)
_BY = system_actor("monitoring")
_COLUMNS = ("id", "booked_at", "base_amount", "direction", "type", "channel", "currency", "counterparty_name",
            "counterparty_country", "reference")  # fmt: skip


def pending_customers(limit: int) -> Sequence[UUID]:
    """Customers whose assessment is due, the longest waiting first."""
    due = PendingAssessment.objects.filter(run_at__lte=now()).order_by("run_at")
    return list(due.values_list("pk", flat=True)[:limit])


def assess_pending(customer_id: UUID) -> None:
    """Assesses one customer's new transactions. Work that failed or was killed is due again after a minute.

    Side effects: `run_at` moved on (the claim), findings and alerts, the pending row removed where nothing was
    delivered meanwhile.
    """
    moment = now()
    taken = PendingAssessment.objects.filter(pk=customer_id, run_at__lte=moment).update(run_at=moment + _AGAIN_IN)
    pending = PendingAssessment.objects.filter(pk=customer_id).first() if taken else None
    if pending is None:
        return
    assess_customer(customer=Customer.objects.get(pk=customer_id), since=pending.since, by=_BY)
    PendingAssessment.objects.filter(pk=customer_id, token=pending.token).delete()
    PendingAssessment.objects.filter(pk=customer_id).update(run_at=now())


def assess_customer(*, customer: Customer, since: datetime, by: Actor, stream: str = "") -> int:
    """Evaluates every live scenario on the customer's transactions from `since` on; the number of new findings.

    Side effects: findings, alerts with `alert_raised` for each new one, an audit entry for each.
    """
    fired = [(version, row) for version in live_versions() for row in _fired(version, customer, since)]
    return sum(_keep(version, row, customer, by=by, stream=stream) for version, row in fired)


def _fired(version: ScenarioVersion, customer: Customer, since: datetime) -> list[dict[str, Any]]:
    """Rows of the customer's transactions on which the version fires, with trace and sentence."""
    evaluation = import_module("monitoring.evaluation")  # Polars is loaded by workers only, not by the web process
    rows = Transaction.objects.filter(customer=customer, booked_at__gte=since - _HISTORY).values_list(*_COLUMNS)
    definition = ScenarioDefinition(**version.definition)
    found: list[dict[str, Any]] = evaluation.fired_rows(definition, str(customer.pk), list(rows), since)
    return found


@transaction.atomic
def _keep(version: ScenarioVersion, row: dict[str, Any], customer: Customer, *, by: Actor, stream: str) -> bool:
    """The finding on its alert, open or new; False where this firing is known."""
    if Finding.objects.filter(version=version, transaction_id=row["id"]).exists():
        return False
    alert, raised = Alert.objects.get_or_create(
        customer=customer, scenario=version.scenario, state=AlertState.OPEN, defaults={"severity": version.severity}
    )
    Finding.objects.create(
        alert=alert, version=version, transaction_id=row["id"], sentence=row["sentence"], trace=row["trace"]
    )
    if raised:
        alert_raised.send(Alert, alert_id=alert.pk, customer_id=customer.pk)
        after = {"scenario": version.scenario.code, "version": version.number}
        record(actions.ALERT_RAISED, by=by, object_type="alert", object_id=alert.pk, stream=stream, after=after)
    return True
