"""Aggregates and network measures as columns: each different one once, from the inside out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any as AnyValue

import numpy as np
import numpy.typing as npt
import polars as pl

from monitoring.domains.base import Domain
from monitoring.features import alike, sequence, windowed
from monitoring.features.layout import MICROSECONDS, Bools, Floats, Ints, Layout, codes_of, layout_of
from monitoring.rules.compiler import Compiler
from monitoring.rules.functions import SORTED
from monitoring.rules.payments import Edges, edges_of, shapes
from monitoring.rules.tree import Aggregate, Condition, Network, Node, Operand, conditions_of, operands_of

_DAY = 86_400 * MICROSECONDS
_UNITS = {"m": 60 * MICROSECONDS, "h": 3_600 * MICROSECONDS, "d": _DAY}
DAY_DECIMALS = 6  # a tenth of a second: gaps compare equal whichever way they are computed


def length_of(window: str) -> int:
    """A window such as `7d` in microseconds."""
    return int(window[:-1]) * _UNITS[window[-1]]


@dataclass
class Columns:
    """A sorted frame that grows by a column for each aggregate it is asked for, named as `fixed` says, if it does."""

    domain: Domain
    frame: pl.DataFrame
    names: dict[Operand, str] = field(default_factory=dict)
    fixed: Mapping[Operand, str] = field(default_factory=dict)
    _layouts: dict[tuple[str, str], Layout] = field(default_factory=dict)
    _payments: Edges | None = None
    _counts: dict[Condition, Bools] = field(default_factory=dict)
    _values: dict[str, Floats] = field(default_factory=dict)
    _codes: dict[str, Ints] = field(default_factory=dict)

    def again(self, frame: pl.DataFrame) -> "Columns":
        """For other rules over the same rows: nothing computed yet, but what is known of how the rows lie."""
        return Columns(self.domain, frame, {}, {}, self._layouts, self._payments)

    def known(self, node: Operand, values: pl.Series) -> None:
        """Takes over a column that was made of the same rows before."""
        self.names[node] = f"_known_{len(self.names)}"
        self.frame = self.frame.with_columns(values.alias(self.names[node]))

    def forget_windows(self) -> None:
        """Frees the places of windows, which are two numbers a row each; those needed again are made again."""
        for layout in self._layouts.values():
            layout.forget_windows()

    def add(self, node: Node) -> None:
        """Makes the columns that evaluating the bound `node` needs."""
        if node in self.names:
            return
        for part in (*conditions_of(node), *operands_of(node)):
            self.add(part)
        if isinstance(node, Aggregate | Network):
            self.make(node)

    def make(self, node: Operand) -> None:
        """Makes the column of an aggregate, of which those inside it are there."""
        self.make_together([node])

    def make_together(self, nodes: Sequence[Operand]) -> None:
        """Makes the columns of different aggregates, none inside another: asking and widening the frame cost by the step more
        than by the column, as long as rows are few."""
        fresh = [node for node in nodes if node not in self.names]
        self._count([node.where for node in fresh if isinstance(node, Aggregate) and node.where is not None])
        made = []
        for node in fresh:
            if not isinstance(node, Aggregate | Network):
                raise TypeError(f"{node} has no column")
            values = self._aggregate(node) if isinstance(node, Aggregate) else self._network(node)
            self.names[node] = self.fixed.get(node) or f"_aggregate_{len(self.names)}"
            made.append(values.alias(self.names[node]))
        self.frame = self.frame.hstack(made) if made else self.frame

    def _layout(self, node: Aggregate) -> Layout:
        key = (node.by, node.among)
        if key not in self._layouts:
            self._layouts[key] = layout_of(
                self.frame,
                self.domain.subject,
                self.domain.time,
                by=node.by,
                among=node.among,
                owner=self.domain.owner,
            )
        return self._layouts[key]

    def _count(self, conditions: Iterable[Condition]) -> None:
        """Finds out of which rows the conditions hold that are not known yet."""
        fresh = [condition for condition in dict.fromkeys(conditions) if condition not in self._counts]
        if fresh:
            compiler = Compiler(self.domain, self.names)
            holds = [compiler.condition(node).fill_null(value=False).alias(str(n)) for n, node in enumerate(fresh)]
            told = self.frame.select(holds)
            self._counts |= {node: told[str(number)].to_numpy() for number, node in enumerate(fresh)}

    def _counted(self, node: Aggregate) -> Bools:
        return np.ones(len(self.frame), dtype=np.bool_) if node.where is None else self._counts[node.where]

    def _floats(self, name: str) -> Floats:
        if name not in self._values:
            self._values[name] = self.frame[name].cast(pl.Float64).to_numpy()
        return self._values[name]

    def _coded(self, name: str) -> Ints:
        if name not in self._codes:
            self._codes[name] = codes_of(self.frame[name])
        return self._codes[name]

    def _aggregate(self, node: Aggregate) -> pl.Series:
        layout = self._layout(node)
        counted = layout.arranged(self._counted(node))
        if node.function in {"previous", "first", "time_since_previous", "time_since_first"}:
            return self._placed(node, layout, counted)
        if node.function in SORTED:
            return self._sorted(node, layout, counted)
        values = self._windowed(node, layout, counted).astype(np.float64)
        if layout.known is not None:
            values[~layout.known] = np.nan
        values = layout.returned(values)
        return pl.Series(values, nan_to_null=bool(np.isnan(values).any()))  # looking for what is not there costs more

    @staticmethod
    def _where(series: pl.Series, known: Bools) -> pl.Series:
        return pl.select(pl.when(pl.lit(pl.Series(known))).then(pl.lit(series))).to_series()

    def _windowed(self, node: Aggregate, layout: Layout, counted: Bools) -> npt.NDArray[AnyValue]:  # noqa: PLR0911 - one case a function
        length = length_of(node.window)
        window = layout.window(length, excludes=node.exclude_current, ahead=node.ahead)
        if node.function == "count":
            return windowed.number(window, counted)
        if node.function == "distinct":
            codes = layout.arranged(self._coded(node.of))
            return windowed.distinct(window, counted, codes, layout.codes, layout.times, length)
        if node.function == "alike":
            codes, subjects = (layout.arranged(self._coded(name)) for name in (node.of, self.domain.subject))
            known = layout.codes if layout.known is None else np.where(layout.known, layout.codes, -1)
            return alike.alike(known, codes, subjects, layout.times, counted, length)
        values = layout.arranged(self._floats(node.of))
        if node.function in {"min", "max"}:
            return windowed.extreme(window, counted, values, lowest=node.function == "min")
        scale = 10 ** self.domain.fields[node.of].decimals
        present = counted & ~np.isnan(values)
        whole = np.round(np.where(present, values, 0) * scale).astype(np.int64)
        if node.function == "std":
            return np.asarray(windowed.deviation(window, present, whole) / scale)
        if node.function == "benford":
            return np.asarray(windowed.benford(window, present, whole))
        total = windowed.total(window, present, whole) / scale
        if node.function == "sum":
            return np.asarray(total)
        number = windowed.number(window, present)
        return np.asarray(np.where(number > 0, total / np.maximum(number, 1), np.nan))

    def _sorted(self, node: Aggregate, layout: Layout, counted: Bools) -> pl.Series:
        """Percentiles need the values in order; Polars keeps a window sorted as it moves on."""
        arranged = self.frame[node.of].cast(pl.Float64)
        values = arranged if layout.order is None else arranged.gather(layout.order)
        part = pl.DataFrame({
            "key": layout.codes, "time": layout.times, "row": np.arange(len(layout.codes)), "counted": counted,
            "value": values,
        }).with_columns(pl.col("time").cast(pl.Datetime("us")))  # fmt: skip
        value = pl.when(pl.col("counted")).then(pl.col("value"))
        rolled = value.rolling_quantile_by(
            "time", window_size=timedelta(microseconds=length_of(node.window)), interpolation="linear", min_samples=1,
            closed="none" if node.exclude_current else "right",
            quantile=0.5 if node.function == "median" else node.percent / 100,
        )  # fmt: skip
        found = part.select(rolled.over("key").alias("found"))["found"].to_numpy()
        series = pl.Series(layout.returned(found), nan_to_null=True)
        return series if layout.known is None else self._where(series, layout.returned(layout.known))

    def _placed(self, node: Aggregate, layout: Layout, counted: Bools) -> pl.Series:
        is_first = node.function in {"first", "time_since_first"}
        places: Ints = (sequence.first_place if is_first else sequence.previous_place)(layout, counted)
        if layout.known is not None:
            places = np.where(layout.known, places, -1)
        if node.of:
            rows = layout.returned(places if layout.order is None else np.where(places < 0, -1, layout.order[places]))
            found = self.frame[node.of].gather(np.maximum(rows, 0))
            return self._where(found, rows >= 0)
        days = np.round((layout.times - layout.times[places]) / _DAY, DAY_DECIMALS)
        return pl.Series(layout.returned(np.where(places < 0, np.nan, days)), nan_to_null=True)

    def _network(self, node: Network) -> pl.Series:
        if self._payments is None:
            self._payments = edges_of(self.frame, self.domain)
        return pl.Series(shapes(node, self._payments, length_of(node.window)))
