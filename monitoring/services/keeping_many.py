"""What becomes of one scenario's firings about many customers: first ones are stored together, others as always."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from core.actor import Actor
from core.clock import today
from customers.models import Customer
from customers.selectors import customers_in_turn
from monitoring.enums import Quiet, ScenarioState
from monitoring.models import Alert, AlertSnooze, Finding, QuietFinding, ScenarioVersion, Transaction
from monitoring.services.keeping import Kept, Telling, keep_firings, tell_of_alerts
from monitoring.services.storing import store_new

if TYPE_CHECKING:
    from monitoring.evaluation import Found

_BATCH = 5000


@transaction.atomic
def keep_many(*, version: ScenarioVersion, found: "Mapping[UUID, Sequence[Found]]", by: Actor) -> int:
    """Stores one scenario's firings about some hundred customers and says of how many people are told.

    Side effects: those of `keep_firings` for each, and of `tell_of_alerts`.
    """
    customers = {customer.pk: customer for customer in customers_in_turn(found)}
    kept = kept_of_many(version, found, customers)
    tell_of_alerts(kept.tellings, by=by)
    return kept.findings


def kept_of_many(
    version: ScenarioVersion, found: "Mapping[UUID, Sequence[Found]]", customers: Mapping[UUID, Customer]
) -> Kept:
    """As `keep_firings` for each of the customers, whose turn it is: first firings are stored together."""
    known = _with_a_past(version, list(found))
    kept = Kept()
    for pk in known:
        kept.add(keep_firings(version=version, found=found[pk], customer=customers[pk]))
    first = {pk: items for pk, items in found.items() if pk not in known}
    if version.state == ScenarioState.SHADOW:
        store_new(QuietFinding, _quiet(version, first))
    elif first:
        kept.add(_raised(version, first, customers))
    return kept


def _with_a_past(version: ScenarioVersion, customers: list[UUID]) -> list[UUID]:
    """Those that the scenario has said something about before, or is snoozed for: there it depends what becomes of more."""
    scenario, among = version.scenario_id, {"customer__in": customers}
    alerts = Alert.objects.filter(scenario=scenario, **among)
    snoozes = AlertSnooze.objects.filter(scenario=scenario, until__gte=today(), **among)
    quiet = QuietFinding.objects.filter(version__scenario=scenario, transaction__customer__in=customers)
    found = {pk for rows in (alerts, snoozes) for pk in rows.order_by().values_list("customer_id", flat=True)}
    found.update(pk for pk in quiet.order_by().values_list("transaction__customer_id", flat=True) if pk)
    return [pk for pk in customers if pk in found]


def _quiet(version: ScenarioVersion, found: "Mapping[UUID, Sequence[Found]]") -> list[QuietFinding]:
    return [
        QuietFinding(version=version, why=Quiet.SHADOW, sentence=item.sentence, transaction_id=UUID(item.row_id))
        for items in found.values()
        for item in items
    ]


def _raised(
    version: ScenarioVersion, found: "Mapping[UUID, Sequence[Found]]", customers: Mapping[UUID, Customer]
) -> Kept:
    amounts = _amounts([item.row_id for items in found.values() for item in items])
    alerts = [
        Alert(customer=customers[pk], scenario=version.scenario, severity=version.severity,
              told_amount=sum((amounts[item.row_id] for item in items), Decimal(0)))
        for pk, items in found.items()
    ]  # fmt: skip
    stored = store_new(Alert, alerts)
    mine = [alert for alert in alerts if alert.pk in stored]
    rows = [
        Finding(
            alert=alert, version=version, sentence=item.sentence, trace=item.trace, transaction_id=UUID(item.row_id)
        )
        for alert in mine
        for item in found[alert.customer_id]
    ]
    if rows:
        store_new(Finding, rows)
    kept = Kept(len(rows), [Telling(alert, version, raised=True) for alert in mine])
    for alert in alerts:
        if alert.pk not in stored:  # somebody else opened one at the same moment
            pk = alert.customer_id
            kept.add(keep_firings(version=version, found=found[pk], customer=customers[pk]))
    return kept


def _amounts(row_ids: list[str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for start in range(0, len(row_ids), _BATCH):
        rows = Transaction.objects.filter(pk__in=row_ids[start : start + _BATCH]).order_by()
        found |= {str(pk): amount for pk, amount in rows.values_list("pk", "base_amount")}
    return found
