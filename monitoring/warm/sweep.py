"""What other values of one limit would have done: alerts and known positives by threshold."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.comparisons import Limit, with_limit
from monitoring.rules.evaluator import Prepared
from monitoring.rules.needs import Needs, needs_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scenarios.examples import length
from monitoring.scoring import outside_pauses
from monitoring.warm.frame import LOOKED_AT, WarmFrame
from monitoring.warm.known import SUSPICIOUS, judged
from monitoring.warm.trial import Alive, firings_of

POINTS = 25
_MOST_INSIDE, _INSIDE_POINTS = 400_000, 9
_MOST_ROWS = 300_000
_TESTS = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less}


@dataclass(frozen=True)
class Point:
    """With this value of the limit: alerts in the year, and how many suspicious alerts of the past it would have met."""

    value: float
    alerts: int
    positives: int
    is_now: bool


def sweep(
    warm: WarmFrame, definition: ScenarioDefinition, rule: Rule, prepared: Prepared, limit: Limit, *, alive: Alive
) -> list[Point]:
    """The points about the limit's value, least first. Of very many rows every so many-th subject stands for the others."""
    if limit.is_inside:
        return _inside(warm, definition, rule, limit, alive)
    rows, share = _rows(warm, rule, prepared, limit)
    alive()
    grid = _grid(rows["value"], limit)
    verdicts = judged(rows, warm.known, warm.domain.subject, warm.domain.time)
    found = verdicts.select(pl.when(pl.col("verdict") == SUSPICIOUS).then(pl.col("alert")))["alert"]
    alerts = found.cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    values, codes = rows["value"].to_numpy(), rows[warm.domain.subject].rle_id().cast(pl.Int64).to_numpy()
    anyway = rows["anyway"].to_numpy()
    times = rows[warm.domain.time].dt.epoch("us").to_numpy()
    pause = _pause(definition, warm, int(np.ptp(times)) if len(times) else 0)
    points = []
    for value in grid:
        alive()
        holds = anyway | _TESTS[limit.op](values, value)
        number = int(holds.sum()) if not pause else int(outside_pauses(codes[holds], times[holds], pause).sum())
        met = alerts[holds]
        points.append(Point(value, number * share, len(np.unique(met[met >= 0])), value == limit.value))
    return points


def _inside(warm: WarmFrame, definition: ScenarioDefinition, rule: Rule, limit: Limit, alive: Alive) -> list[Point]:
    """The points of a limit by which an aggregate counts: each value makes the aggregate anew, so of fewer rows, and none
    where the rule looks at others' rows, of which a part says nothing."""
    looks_beyond = needs_of([rule]) != Needs()
    part, share = (warm, 1) if looks_beyond else warm.part(_MOST_INSIDE)
    if len(part.rows) > _MOST_INSIDE * 2:
        return []
    prepared = part.prepared(rule)
    values = prepared.frame.select(prepared.compiler.operand(limit.left).cast(pl.Float64).alias("value"))["value"]
    grid = _grid(values, limit)
    points = []
    for value in sorted({*grid[:: max(1, len(grid) // _INSIDE_POINTS)], limit.value}):
        alive()
        moved = replace(definition, parameters={**definition.parameters, limit.parameter: value})
        tried = moved.checked()
        found = firings_of(part, part.prepared(tried), moved, tried)
        recent = pl.col(part.domain.time) >= part.since(LOOKED_AT)
        verdicts = judged(found.rows.filter(recent), part.known, part.domain.subject, part.domain.time)
        met = verdicts.filter(pl.col("verdict") == SUSPICIOUS)["alert"].n_unique()
        points.append(Point(value, len(found.alerts.filter(recent)) * share, met, value == limit.value))
    return points


def _pause(definition: ScenarioDefinition, warm: WarmFrame, span: int) -> int:
    """Microseconds for which a subject is not told again; of a record that is judged whole it is told once."""
    if definition.cool_down:
        return int(length(definition.cool_down).total_seconds() * 1_000_000)
    return span + 1 if warm.domain.is_reviewed_whole else 0


def _rows(warm: WarmFrame, rule: Rule, prepared: Prepared, limit: Limit) -> tuple[pl.DataFrame, int]:
    """Rows of the year on which the rule fires if the limit holds: the value it is about, and whether it fires anyway."""
    condition = bound(rule.condition, rule.parameters)
    may, anyway = (
        warm.recent & warm.fires(with_limit(condition, limit.path, holds=holds), rule, prepared)
        for holds in (True, False)
    )
    places = may.arg_true()
    share = 1 + len(places) // _MOST_ROWS
    if share > 1:
        subjects = prepared.frame[warm.domain.subject].gather(places).rle_id()
        places = places.filter(subjects % share == 0)
    value = prepared.compiler.operand(limit.left).cast(pl.Float64)
    wanted = list(dict.fromkeys((warm.domain.subject, warm.domain.time, *value.meta.root_names())))
    rows = prepared.frame.select(wanted)[places]
    told = rows.select(warm.domain.subject, warm.domain.time, value.alias("value"))
    return told.with_columns(anyway.gather(places).alias("anyway"), places.alias("place")), share


def _grid(found: pl.Series, limit: Limit) -> list[float]:
    """Round values about the limit, as far as the data goes and at most from nothing to thrice the limit."""
    values = found.drop_nulls().drop_nans()
    if not len(values):
        return [limit.value]
    most = 3 * abs(limit.value) or float(values.quantile(0.99) or 1)
    low = max(float(values.min() or 0), limit.value - most)  # type: ignore[arg-type]
    high = min(max(float(values.quantile(0.999) or 0), limit.value), limit.value + most)
    if high - low < POINTS and low == round(low) and (values == values.round()).all():
        steps = np.arange(low, high + 1)
    else:
        steps = np.linspace(low, high, POINTS)
    digits = 0 if high - low >= POINTS * 2 else 2
    return sorted({round(float(value), digits) for value in steps} | {limit.value})
