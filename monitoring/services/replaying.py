"""Judging an alert's firings again, by the version that found them, on the rows that were known then."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

from monitoring.alerting import model_alerts_of
from monitoring.counterparties import said_of
from monitoring.models import Alert, Finding, RowScore, Transaction
from monitoring.rules.needs import needs_of
from monitoring.selectors import assessment_rows, definition_of, findings_of_alert
from monitoring.services.rescoring import replay_score

_MOST = 25


@dataclass(frozen=True)
class AlertReplay:
    """How many firings were judged again (the newest, at most 25), and what came out otherwise, in sentences."""

    judged: int
    differences: tuple[str, ...]


def replay_alert(alert: Alert) -> AlertReplay:
    """Evaluates the firings of an alert on transactions again; stores nothing.

    A transaction is what was delivered and stays so; those that arrived after a firing are left out. A firing on a process
    event is not judged again: its process may have gone on. Of an alert that a model raised its scores are computed again.
    """
    if alert.scenario.is_by_model:
        return _scored_again(alert)
    found = [row for row in findings_of_alert(alert)[:_MOST] if row.transaction is not None]
    told = [difference for finding in found for difference in _judged_again(alert, finding)]
    return AlertReplay(len(found), tuple(told))


def _scored_again(alert: Alert) -> AlertReplay:
    """By the version of the model that raised it, from the columns that were kept with each score."""
    found = findings_of_alert(alert).select_related("version", "transaction", "event")[:_MOST]
    told: list[str] = []
    for finding in found:
        row = finding.transaction or finding.event
        scores = RowScore.objects.select_related("version").filter(version=model_alerts_of(finding.version).model_id)
        score = scores.filter(transaction=finding.transaction_id, event=finding.event_id).first()
        kept = ("Its score is kept no more.",) if score is None else replay_score(score)
        told += [f"{row}: {difference}" for difference in kept]
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
