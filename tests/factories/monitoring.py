"""Transactions, scenarios and alerts for tests."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from core.actor import system_actor
from core.clock import now
from customers.models import Customer
from monitoring.lists import named_lists_that_ship
from monitoring.models import Alert, ProcessEvent, Scenario, ScenarioVersion, Transaction
from monitoring.scenarios.catalogue import ScenarioDefinition, shipped_files, shipped_scenarios
from monitoring.services import assess_pending, ingest_process_events, ingest_transactions, publish_scenario
from tests.factories.customers import make_customer

_numbers = count(1)
LISTS = named_lists_that_ship(
    {"IR": "call_for_action", "KP": "call_for_action", "SY": "increased_monitoring", "YE": "increased_monitoring"}
)


def make_row(customer: Customer, **fields: Any) -> dict[str, Any]:
    """A transaction as a client delivers it: 100 EUR that came in an hour ago."""
    values = {
        "external_id": f"T-{next(_numbers)}", "customer_external_id": customer.external_id, "direction": "in",
        "amount": "100.00", "currency": "EUR", "booked_at": (now() - timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    return values | fields


def make_transaction(customer: Customer | None = None, **fields: Any) -> Transaction:
    """A transaction that was delivered by its customer's client."""
    customer = customer or make_customer()
    row = make_row(customer, **fields)
    ingest_transactions(rows=[row], source="test", by=customer.registered_by_client.actor)
    return Transaction.objects.get(customer=customer, external_id=row["external_id"])


def make_process_event(customer: Customer | None = None, **fields: Any) -> ProcessEvent:
    """An entry of a batch record that was delivered by its customer's client."""
    customer = customer or make_customer()
    row = {
        "external_id": f"E-{next(_numbers)}", "customer_external_id": customer.external_id, "process_id": "B-1",
        "operator_id": "op1", "step": "weighing", "start_ts": (now() - timedelta(hours=2)).isoformat(),
    }  # fmt: skip
    ingest_process_events(rows=[row | fields], source="test", by=customer.registered_by_client.actor)
    return ProcessEvent.objects.get(customer=customer, external_id=(row | fields)["external_id"])


def make_definition(code: str = "structuring", **fields: Any) -> ScenarioDefinition:
    """A shipped scenario's definition with fields replaced."""
    shipped = {item.code: item for item in shipped_scenarios(LISTS)}
    return ScenarioDefinition(**(vars(shipped[code]) | fields))


def publish(definition: ScenarioDefinition) -> ScenarioVersion:
    """The definition, live."""
    return publish_scenario(definition=definition, by=SYSTEM)


def make_scenario(code: str = "high_risk_geography") -> Scenario:
    """The shipped scenarios that a new installation has live are live; this is one of them."""
    known = set(Scenario.objects.values_list("code", flat=True))
    for shipped in shipped_files(LISTS):
        if shipped.is_live and shipped.definition.code not in known:
            publish(shipped.definition)
    return Scenario.objects.get(code=code)


def make_alert(customer: Customer | None = None, **fields: Any) -> Alert:
    """An open alert that a payment to North Korea raised."""
    customer = customer or make_customer()
    make_scenario()
    make_transaction(customer, **({"counterparty_country": "KP"} | fields))
    assess_pending(customer.pk)
    return Alert.objects.get(customer=customer)


def make_rows(customer: Customer, amounts: list[str], end: datetime) -> list[dict[str, Any]]:
    """One row a day, the last at `end`."""
    days = range(len(amounts) - 1, -1, -1)
    return [
        make_row(customer, amount=amount, booked_at=(end - timedelta(days=day)).isoformat())
        for day, amount in zip(days, amounts, strict=True)
    ]


def live_version(code: str) -> ScenarioVersion:
    """The live version of a scenario."""
    return ScenarioVersion.objects.get(scenario__code=code, state="live")


SYSTEM = system_actor("test")
