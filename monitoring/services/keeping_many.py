"""What becomes of one scenario's firings about many customers: first ones are stored together, others as always."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from core.actor import Actor
from customers.models import Customer
from monitoring.enums import Quiet, ScenarioState
from monitoring.models import Alert, AlertSnooze, Finding, QuietFinding, ScenarioVersion, Transaction
from monitoring.services.keeping import keep_firings, tell_of_new_alerts
from monitoring.services.storing import store_new

if TYPE_CHECKING:
    from monitoring.evaluation import Found

_BATCH = 5000


@transaction.atomic
def keep_many(*, version: ScenarioVersion, found: "Mapping[UUID, Sequence[Found]]", by: Actor) -> int:
    """Stores firings about some hundred customers and says of how many people are told; as `keep_firings` for each.

    Side effects: those of `keep_firings`.
    """
    customers = Customer.objects.in_bulk(list(found))
    known = _with_a_past(version, list(customers))
    kept = sum(keep_firings(version=version, found=found[pk], customer=customers[pk], by=by, stream="") for pk in known)
    first = {pk: found[pk] for pk in customers if pk not in known}
    if version.state == ScenarioState.SHADOW:
        store_new(QuietFinding, _quiet(version, first))
        return kept
    return kept + _told(version, first, customers, by)


def _with_a_past(version: ScenarioVersion, customers: list[UUID]) -> list[UUID]:
    """Those that the scenario has said something about before, or is snoozed for: there it depends what becomes of more."""
    scenario, among = version.scenario_id, {"customer__in": customers}
    alerts = Alert.objects.filter(scenario=scenario, **among)
    snoozes = AlertSnooze.objects.filter(scenario=scenario, until__gte=localdate(), **among)
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


def _told(
    version: ScenarioVersion, found: "Mapping[UUID, Sequence[Found]]", customers: Mapping[UUID, Customer], by: Actor
) -> int:
    amounts = _amounts([item.row_id for items in found.values() for item in items])
    alerts = [
        Alert(customer=customers[pk], scenario=version.scenario, severity=version.severity,
              told_amount=sum((amounts[item.row_id] for item in items), Decimal(0)))
        for pk, items in found.items()
    ]  # fmt: skip
    stored = store_new(Alert, alerts) if alerts else set()
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
    tell_of_new_alerts(mine, version, by=by)
    beaten = [alert.customer_id for alert in alerts if alert.pk not in stored]  # somebody opened one at the same moment
    return len(rows) + sum(
        keep_firings(version=version, found=found[pk], customer=customers[pk], by=by, stream="") for pk in beaten
    )


def _amounts(row_ids: list[str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for start in range(0, len(row_ids), _BATCH):
        rows = Transaction.objects.filter(pk__in=row_ids[start : start + _BATCH]).order_by()
        found |= {str(pk): amount for pk, amount in rows.values_list("pk", "base_amount")}
    return found
