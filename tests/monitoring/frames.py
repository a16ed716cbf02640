"""Rows of the finance domain for tests of the engine, without a database."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import polars as pl

from monitoring.domains.finance import FINANCE
from monitoring.rules.checker import Rule, checked_rule
from monitoring.rules.evaluator import outcomes, prepare, schema_of

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
_numbers = count(1)


def row(day: float, amount: float = 100.0, **fields: Any) -> dict[str, Any]:
    """A transaction of subject `a`, `day` days after START."""
    values = {"id": f"{next(_numbers):06d}", "subject": "a", "booked_at": START + timedelta(days=day),
              "amount": amount, "direction": "in", "currency": "EUR"}  # fmt: skip
    return values | fields


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    """The rows as the evaluator takes them."""
    return pl.DataFrame(list(rows), schema=schema_of(FINANCE))


def rule(data: Any, *, measures: Any = None, min_history_days: int = 0, **parameters: Any) -> Rule:
    """A checked finance rule."""
    return checked_rule(data, FINANCE, parameters, measures=measures, min_history_days=min_history_days)


def outcome(checked: Rule, *rows: dict[str, Any]) -> list[str]:
    """The rule's outcome for each row, in the order of time."""
    return outcomes(prepare(frame(*rows), [checked]), checked)["outcome"].to_list()


def values(operand: Any, *rows: dict[str, Any]) -> list[Any]:
    """The operand's value in each row, in the order of time."""
    measured = rule({"compare": ["amount", ">", 0]}, measures={"value": operand})
    prepared = prepare(frame(*rows), [measured])
    return prepared.frame.select(prepared.compiler.operand(measured.measures[0].operand))[:, 0].to_list()
