"""Judging an alert's firings again, by the version that found them, on the rows that were known then."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

from monitoring.counterparties import said_of
from monitoring.models import Alert, Finding, Transaction
from monitoring.rules.needs import needs_of
from monitoring.selectors import assessment_rows, definition_of, findings_of_alert

_MOST = 25


@dataclass(frozen=True)
class AlertReplay:
    """How many firings were judged again (the newest, at most 25), and what came out otherwise, in sentences."""

    judged: int
    differences: tuple[str, ...]


def replay_alert(alert: Alert) -> AlertReplay:
    """Evaluates the firings of an alert on transactions again; stores nothing.

    A transaction is what was delivered and stays so; those that arrived after a firing are left out. A firing on a process
    event is not judged again: its process may have gone on.
    """
    found = [row for row in findings_of_alert(alert)[:_MOST] if row.transaction is not None]
    told = [difference for finding in found for difference in _judged_again(alert, finding)]
    return AlertReplay(len(found), tuple(told))


def _judged_again(alert: Alert, finding: Finding) -> list[str]:
    evaluation: Any = import_module("monitoring.evaluation")  # Polars is loaded by workers only
    transaction = finding.transaction
    if transaction is None:
        return []
    definition = definition_of(finding.version)
    rules, since = [definition.checked()], {alert.customer_id: transaction.booked_at}
    rows = assessment_rows(since, needs_of(rules), evaluation.COLUMNS)
    known = _known_then(rows, finding, evaluation.COLUMNS.index("id"))
    (assessed,) = evaluation.assess_rows(
        [definition], evaluation.Plan(rules), known, since=since, base_currency=settings.BASE_CURRENCY, screen=said_of
    )[alert.customer_id]
    again = next((item for item in assessed.found if item.row_id == str(transaction.pk)), None)
    name = f"Transaction {transaction.external_id}, version {finding.version.number}"
    if again is None:
        return [f"{name}: the scenario does not fire on it now."]
    if again.sentence != finding.sentence:
        return [f"{name}: it said “{finding.sentence}”, now “{again.sentence}”."]
    return []


def _known_then(rows: Sequence[tuple[Any, ...]], finding: Finding, place: int) -> list[tuple[Any, ...]]:
    """The rows that had arrived when the firing was found."""
    arrived = Transaction.objects.filter(pk__in=[row[place] for row in rows], created_at__gt=finding.created_at)
    later = set(arrived.values_list("pk", flat=True))
    return [row for row in rows if row[place] not in later]
