"""For each shipped scenario a history that must fire it and some that must just not: to prove that a scenario works.

Written for the shipped parameters. The same rows go through the evaluator alone and through a delivery.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

History = tuple["ExampleRow", ...]


@dataclass(frozen=True)
class ExampleRow:
    """A transaction, `ago` before the end of the history."""

    ago: timedelta
    amount: float
    direction: str = "in"
    country: str = "DE"


@dataclass(frozen=True)
class Example:
    """`positive` fires the scenario with its last row; each near miss, named by what it lacks, never does."""

    positive: History
    near_misses: dict[str, History]


def _days(*agos: float, amount: float, direction: str = "in") -> History:
    return tuple(ExampleRow(timedelta(days=ago), amount, direction) for ago in agos)


def _hours(*agos: float, amount: float = 50) -> History:
    return tuple(ExampleRow(timedelta(hours=ago), amount) for ago in agos)


_QUIET = _days(*range(90, 0, -10), amount=40)
_BUSY = _days(*range(90, 0, -1), amount=40) + _days(*(day + 0.5 for day in range(90, 0, -1)), amount=40)

EXAMPLES: dict[str, Example] = {
    "structuring": Example(
        _days(4, 2, 0, amount=9400),
        {
            "one payment is older than the window": _days(8, 2, 0, amount=9400),
            "one payment is too few": _days(2, 0, amount=9400),
            "the payments reach the threshold each": _days(4, 2, 0, amount=10_000),
            "the payments are not near the threshold": _days(4, 2, 0, amount=7999.99),
        },
    ),
    "velocity": Example(
        _QUIET + _hours(4, 3, 2, 1, 0),
        {
            "too few in a day": _QUIET + _hours(3, 2, 1, 0),
            "so many are usual": _BUSY + _hours(3, 2, 1, 0),
            "the customer is too new": _days(20, amount=40) + _hours(5, 4, 3, 2, 1, 0),
        },
    ),
    "rapid_in_out": Example(
        _days(1.5, amount=5000) + _days(0, amount=4800, direction="out"),
        {
            "it stayed longer than the window": _days(2.5, amount=5000) + _days(0, amount=4800, direction="out"),
            "much of it stayed": _days(1.5, amount=5000) + _days(0, amount=4200, direction="out"),
            "little came in": _days(1.5, amount=1999) + _days(0, amount=1900, direction="out"),
        },
    ),
    "high_risk_geography": Example(
        (ExampleRow(timedelta(0), 20, "out", "KP"),),
        {
            "little went to a country under increased monitoring": (ExampleRow(timedelta(0), 999.99, "out", "YE"),),
            "much went to a country on no list": (ExampleRow(timedelta(0), 50_000, "out", "CH"),),
        },
    ),
    "dormant_reactivation": Example(
        _days(181, amount=30) + _days(0, amount=1500),
        {
            "the silence was shorter": _days(179, amount=30) + _days(0, amount=1500),
            "the payment is small": _days(181, amount=30) + _days(0, amount=999.99),
            "there was nothing before": _days(0, amount=1500),
        },
    ),
}


def domain_rows(history: History, *, subject: str, end: datetime) -> list[dict[str, Any]]:
    """The history as rows of the finance domain."""
    return [
        {
            "id": f"{subject}-{number:04d}", "subject": subject, "booked_at": end - row.ago, "amount": row.amount,
            "direction": row.direction, "currency": "EUR", "counterparty_country": row.country,
        }
        for number, row in enumerate(history)
    ]  # fmt: skip


def delivery_rows(history: History, *, customer: str, end: datetime, currency: str) -> list[dict[str, Any]]:
    """The history as a delivery for the customer of this external id."""
    return [
        {
            "external_id": f"{customer}-{number:04d}", "customer_external_id": customer, "direction": row.direction,
            "amount": f"{row.amount:.2f}", "currency": currency, "counterparty_country": row.country,
            "booked_at": (end - row.ago).isoformat(),
        }
        for number, row in enumerate(history)
    ]  # fmt: skip
