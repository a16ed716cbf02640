"""Looser limits that would have met rows which people found suspicious, each tried on the past. Loads Polars."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import polars as pl

from monitoring.rules.checker import Rule
from monitoring.rules.comparisons import Limit, inner_limits, limits_of, with_limit, with_value
from monitoring.rules.evaluator import ID, Prepared
from monitoring.rules.needs import Needs, needs_of
from monitoring.rules.words import text_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.warm.frame import WarmFrame
from monitoring.warm.trial import CHARTED, Fired, fires, firings_of

_CENT = 0.01
_MOST, _TRIED = 5, 40


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


Move = tuple[Rule, tuple[Moved, ...]]


def looser_limits(warm: WarmFrame, definition: ScenarioDefinition, missed: Collection[str]) -> list[Proposal]:
    """Every limit alone that meets some of the missed rows, all required ones together, and those by which
    aggregates count; the most caught first, then the fewest alerts more. Each is the rule itself with other limits over the
    rows of the frame, not an estimate."""
    rule = definition.checked()
    if not missed or not len(warm.rows):
        return []
    prepared = warm.prepared(rule)
    rows = prepared.frame.filter(pl.col(ID).is_in(list(missed)))
    found = firings_of(warm, prepared, definition, rule)
    moves = [_outer(rule, limits) for limits in _candidates(rule, prepared, rows)]
    moves += _inner(warm, definition, rule, rows)
    tried = [
        proposal
        for looser, moved in moves
        if (proposal := _tried(warm, definition, looser, found, rows[ID], moved)).caught
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


def _outer(rule: Rule, limits: list[tuple[Limit, float]]) -> Move:
    condition = rule.condition
    for limit, value in limits:
        condition = with_value(condition, limit, value)
    return replace(rule, condition=condition), tuple(_moved(limit, value) for limit, value in limits)


def _inner(warm: WarmFrame, definition: ScenarioDefinition, rule: Rule, rows: pl.DataFrame) -> Iterator[Move]:
    """Limits by which aggregates count, each alone: the nearest value to its own with which most of the missed rows fire.

    Values are tried on the missed rows' subjects alone, where the rule looks at nobody else's rows.
    """
    if needs_of([rule]) != Needs():
        return
    part, ids = warm.of(rows[warm.domain.subject].unique().to_list()), rows[ID].to_list()
    for limit in inner_limits(rule):
        best, most = None, 0
        for value in _values(part, rule, limit):
            tried = replace(definition, parameters={**definition.parameters, limit.parameter: value}).checked()
            prepared = part.prepared(tried)
            caught = len(prepared.frame.filter(fires(tried, prepared) & pl.col(ID).is_in(ids)))
            if caught > most:
                best, most = (tried, (_moved(limit, value),)), caught
        if best is not None:
            yield best


def _values(part: WarmFrame, rule: Rule, limit: Limit) -> list[float]:
    """Values of the subjects' rows on the looser side of the limit, in whole cents, the nearest first; at most so many."""
    prepared = part.prepared(rule)
    told = prepared.frame.select(prepared.compiler.operand(limit.left).cast(pl.Float64).alias("value"))["value"]
    is_lower = limit.op in {">=", ">"}
    beyond = told.filter(told < limit.value if is_lower else told > limit.value).drop_nulls()
    exact = pl.Series(beyond / _CENT).round()
    moved = (exact + {">": -1, "<": 1}.get(limit.op, 0)) * _CENT
    values: list[float] = moved.round(2).unique().sort(descending=is_lower).to_list()
    return values[:: 1 + len(values) // _TRIED]


def _tried(
    warm: WarmFrame,
    definition: ScenarioDefinition,
    looser: Rule,
    found: Fired,
    missed: pl.Series,
    moved: tuple[Moved, ...],
) -> Proposal:
    prepared = warm.prepared(looser)
    then = firings_of(warm, prepared, definition, looser)
    subject, recent = warm.domain.subject, pl.col(warm.domain.time) >= warm.since(CHARTED)
    before, after = found.alerts.filter(recent), then.alerts.filter(recent)
    gained = after.select(subject).unique().join(before.select(subject).unique(), on=subject, how="anti")
    caught = int(prepared.frame[ID].gather(then.places).is_in(missed.implode()).sum())
    return Proposal(moved, caught, len(missed), len(before), len(after), len(gained))


def _moved(limit: Limit, value: float) -> Moved:
    return Moved(_name(limit), limit.op, limit.value, value)


def _name(limit: Limit) -> str:
    return f"${limit.parameter}" if limit.parameter else text_of(limit.left)
