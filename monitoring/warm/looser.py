"""Looser limits that would have met rows which people found suspicious, each tried on the past. Loads Polars."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import polars as pl

from monitoring.rules.checker import Rule
from monitoring.rules.comparisons import Limit, limits_of, with_limit, with_value
from monitoring.rules.evaluator import ID, Prepared
from monitoring.rules.words import text_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.warm.frame import WarmFrame
from monitoring.warm.trial import CHARTED, Fired, fires, firings_of

_CENT = 0.01
_MOST = 5


@dataclass(frozen=True)
class Moved:
    """A limit by its name in the rule, as it is and as it would be."""

    name: str
    op: str
    before: float
    after: float


@dataclass(frozen=True)
class Proposal:
    """Limits moved together: how many of the `missed` rows the rule fires on then, and what that does to the alerts of the
    last 90 days; `gained` are subjects that had none."""

    moved: tuple[Moved, ...]
    caught: int
    missed: int
    before: int
    after: int
    gained: int


def looser_limits(warm: WarmFrame, definition: ScenarioDefinition, missed: Collection[str]) -> list[Proposal]:
    """Every limit alone that meets some of the missed rows, and all required ones together; the most caught first, then
    the fewest alerts more. Each is the rule itself with other limits over the rows of the frame, not an estimate."""
    rule = definition.checked()
    if not missed or not len(warm.rows):
        return []
    prepared = warm.prepared(rule)
    rows = prepared.frame.filter(pl.col(ID).is_in(list(missed)))
    found = firings_of(warm, prepared, definition, rule)
    tried = [
        proposal
        for limits in _candidates(rule, prepared, rows)
        if (proposal := _tried(warm, definition, rule, prepared, found, rows, limits)).caught
    ]
    ordered = sorted(tried, key=lambda item: (-item.caught, item.after, len(item.moved)))
    return list({item.moved: item for item in ordered}.values())[:_MOST]


def _candidates(rule: Rule, prepared: Prepared, rows: pl.DataFrame) -> Iterator[list[tuple[Limit, float]]]:
    """Limits with the value that meets every row which lacks nothing else; and the required ones with what all rows need."""
    together = []
    for limit in limits_of(rule):
        alone = replace(rule, condition=with_limit(rule.condition, limit.path, holds=True))
        value = _needed(limit, prepared, rows.filter(fires(alone, prepared)))
        if value is not None:
            yield [(limit, value)]
        value = _needed(limit, prepared, rows) if limit.is_required else None
        if value is not None:
            together.append((limit, value))
    if len(together) > 1:
        yield together


def _needed(limit: Limit, prepared: Prepared, rows: pl.DataFrame) -> float | None:
    """The limit, in whole cents, that the rows' values meet; None where they do already or have no value."""
    values = rows.select(prepared.compiler.operand(limit.left).cast(pl.Float64).alias("value"))["value"].drop_nulls()
    if not len(values):
        return None
    is_lower = limit.op in {">=", ">"}
    value = float(values.min() if is_lower else values.max())  # type: ignore[arg-type]
    cents = value / _CENT
    whole = math.floor(cents + 1e-6) if is_lower else math.ceil(cents - 1e-6)
    if limit.op in {">", "<"}:
        whole += -1 if is_lower else 1
    told = round(whole * _CENT, 2)
    return told if (told < limit.value if is_lower else told > limit.value) else None


def _tried(
    warm: WarmFrame, definition: ScenarioDefinition, rule: Rule, prepared: Prepared, found: Fired, rows: pl.DataFrame,
    limits: list[tuple[Limit, float]],
) -> Proposal:  # fmt: skip
    condition = rule.condition
    for limit, value in limits:
        condition = with_value(condition, limit, value)
    looser = replace(rule, condition=condition)
    then = firings_of(warm, prepared, definition, looser)
    subject, recent = warm.domain.subject, pl.col(warm.domain.time) >= warm.since(CHARTED)
    before, after = found.alerts.filter(recent), then.alerts.filter(recent)
    gained = after.select(subject).unique().join(before.select(subject).unique(), on=subject, how="anti")
    moved = tuple(Moved(_name(limit), limit.op, limit.value, value) for limit, value in limits)
    caught = len(rows.filter(fires(looser, prepared)))
    return Proposal(moved, caught, len(rows), len(before), len(after), len(gained))


def _name(limit: Limit) -> str:
    return f"${limit.parameter}" if limit.parameter else text_of(limit.left)
