"""For each shipped scenario a small history that must fire it and one that must just not: to prove a scenario works."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class ExampleRow:
    """A transaction relative to the end of the history: `ago` before it."""

    ago: timedelta
    amount: float
    direction: str = "in"
    country: str = "DE"


@dataclass(frozen=True)
class Example:
    """`positive` fires the scenario with its last row, `near_miss` stays just below."""

    positive: tuple[ExampleRow, ...]
    near_miss: tuple[ExampleRow, ...]


def _days(count: float) -> timedelta:
    return timedelta(days=count)


_QUIET = tuple(ExampleRow(_days(10 * number), 40) for number in range(9, 0, -1))

EXAMPLES: dict[str, Example] = {
    "structuring": Example(
        tuple(ExampleRow(_days(ago), 9400) for ago in (4, 2, 0)),
        tuple(ExampleRow(_days(ago), 9400) for ago in (8, 2, 0)),
    ),
    "velocity": Example(
        _QUIET + tuple(ExampleRow(timedelta(hours=hour), 50) for hour in (5, 4, 3, 2, 1, 0)),
        _QUIET + tuple(ExampleRow(timedelta(hours=hour), 50) for hour in (3, 2, 1, 0)),
    ),
    "rapid_in_out": Example(
        (ExampleRow(_days(1.5), 5000), ExampleRow(_days(0), 4800, "out")),
        (ExampleRow(_days(2.5), 5000), ExampleRow(_days(0), 4800, "out")),
    ),
    "high_risk_geography": Example(
        (ExampleRow(_days(0), 20, "out", "KP"),),
        (ExampleRow(_days(0), 999, "out", "YE"),),
    ),
    "dormant_reactivation": Example(
        (ExampleRow(_days(181), 30), ExampleRow(_days(0), 1500)),
        (ExampleRow(_days(179), 30), ExampleRow(_days(0), 1500)),
    ),
}


def rows_of(example: tuple[ExampleRow, ...], *, subject: str, end: datetime) -> list[dict[str, object]]:
    """The history as rows of the finance domain."""
    return [
        {
            "id": f"{subject}-{number}", "subject": subject, "booked_at": end - row.ago, "amount": row.amount,
            "direction": row.direction, "type": "transfer", "channel": "online", "currency": "EUR",
            "counterparty_name": "Example", "counterparty_country": row.country,
        }
        for number, row in enumerate(example)
    ]  # fmt: skip
