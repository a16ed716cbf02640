"""What a rule would have done in the last year: alerts, customers, what people had made of them, hits and near misses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any as AnyValue

import polars as pl

from monitoring.features.layout import Bools
from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.evaluator import KNOWN_FOR, Firing, Prepared, explained
from monitoring.rules.margin import NEAR, Margin
from monitoring.rules.trace import sentence_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scoring import told
from monitoring.warm.frame import LOOKED_AT, WarmFrame
from monitoring.warm.known import SUSPICIOUS, judged

PERIODS, SHOWN, CHARTED = (30, 90, 365), 10, 90
_MOST_LIVE = 6
Alive = Callable[[], None]


@dataclass(frozen=True)
class Shown:
    """A row that the rule fired on, or nearly: `lacks` is how far it is from firing."""

    row_id: str
    subject: str
    at: datetime
    sentence: str
    firing: Firing
    lacks: float = 0.0


@dataclass(frozen=True)
class Period:
    """Counts of the last days; `precision` is the share of suspicious ones among alerts that people had decided."""

    days: int
    findings: int
    alerts: int
    a_day: float
    customers: int
    decided: int
    suspicious: int

    @property
    def precision(self) -> int | None:
        """In percent; None where nobody had decided any."""
        return round(100 * self.suspicious / self.decided) if self.decided else None


@dataclass(frozen=True)
class Trial:
    """All that the editor shows of a rule's past. `new_customers` have no alert of any scenario."""

    rows: int
    until: datetime
    periods: list[Period] = field(default_factory=list)
    daily: list[tuple[date, int]] = field(default_factory=list)
    hits: list[Shown] = field(default_factory=list)
    near: list[Shown] = field(default_factory=list)
    overlap: list[tuple[str, int]] = field(default_factory=list)
    new_customers: int = 0


@dataclass(frozen=True)
class Fired:
    """The rows on which a rule fires, in order: `places` in the frame, `rows` with subject, time and place; `kept` are
    those outside cool-downs."""

    places: AnyValue
    rows: pl.DataFrame
    kept: Bools

    @property
    def alerts(self) -> pl.DataFrame:
        """The rows that would raise an alert."""
        return self.rows.filter(pl.Series(self.kept))


def fires(rule: Rule, prepared: Prepared) -> pl.Expr:
    """Whether the rule fires on the row: never unknown."""
    young = pl.col(prepared.compiler.columns[KNOWN_FOR]) < rule.min_history_days
    return prepared.compiler.condition(bound(rule.condition, rule.parameters)).fill_null(False) & ~young.fill_null(
        False
    )


def firings_of(warm: WarmFrame, prepared: Prepared, definition: ScenarioDefinition, rule: Rule) -> Fired:
    """Where the definition fires in the whole frame, and what of it would be told."""
    places = warm.fires(bound(rule.condition, rule.parameters), rule, prepared).arg_true()
    rows = prepared.frame.select(warm.domain.subject, warm.domain.time)[places].with_columns(places.alias("place"))
    kept = told(rows, warm.domain, definition)
    if warm.domain.is_reviewed_whole and not definition.cool_down:  # an alert is about the record
        kept = rows[warm.domain.subject].is_first_distinct()
    return Fired(places, rows, kept.to_numpy())


def trial(warm: WarmFrame, definition: ScenarioDefinition, *, base_currency: str, alive: Alive = lambda: None) -> Trial:
    """The trial. `alive` is called between its parts and ends it by raising. Raises RuleInvalid."""
    rule = definition.checked()
    if not len(warm.rows):
        return Trial(0, warm.until)
    prepared = warm.prepared(rule)
    alive()
    found = firings_of(warm, prepared, definition, rule)
    alive()
    alerts = found.alerts.filter(pl.col(warm.domain.time) >= warm.since(LOOKED_AT))
    verdicts = judged(alerts, warm.known, warm.domain.subject, warm.domain.time)
    periods = [_period(warm, found, alerts, verdicts, days) for days in PERIODS]
    alive()
    newest = alerts.sort(warm.domain.time, descending=True).head(SHOWN)["place"]
    say = sayer(warm, prepared, definition, rule, base_currency)
    subjects = alerts.select(warm.domain.subject).unique()
    near = nearest(warm, prepared, rule, besides=subjects)
    alive()
    return Trial(
        rows=int(warm.recent.sum()), until=warm.until, periods=periods, daily=_daily(warm, alerts), hits=say(newest, {}),
        near=say(pl.Series(list(near), dtype=pl.UInt32), near), overlap=_overlap(warm, subjects),
        new_customers=len(subjects) - len(subjects.join(warm.known, left_on=warm.domain.subject, right_on="subject", how="semi")),
    )  # fmt: skip


def nearest(
    warm: WarmFrame, prepared: Prepared, rule: Rule, *, besides: pl.DataFrame, most: int = SHOWN
) -> dict[int, float]:
    """Places of the rows of the last days that come nearest to firing, each subject once, with what they lack; of the
    subjects in `besides` none, because people hear of them anyway."""
    margin = Margin(prepared.compiler)
    lacks = margin.of(bound(rule.condition, rule.parameters)).alias("lacks")
    recent = prepared.frame.lazy().with_row_index("place").filter(pl.col(warm.domain.time) >= warm.since(CHARTED))
    rows = recent.select("place", pl.col(warm.domain.subject).alias("subject"), *margin.columns)
    near = rows.select("place", "subject", lacks).filter((pl.col("lacks") > 0) & (pl.col("lacks") <= NEAR))
    others = near.collect().join(besides, left_on="subject", right_on=warm.domain.subject, how="anti")
    first = others.sort("lacks", "place").unique("subject", keep="first", maintain_order=True).head(most)
    return dict(first.select("place", "lacks").iter_rows())


def sayer(
    warm: WarmFrame, prepared: Prepared, definition: ScenarioDefinition, rule: Rule, base_currency: str
) -> Callable[[pl.Series, Mapping[int, float]], list[Shown]]:
    """What puts rows at places of the frame into words."""

    def say(places: pl.Series, lacks: Mapping[int, float]) -> list[Shown]:
        rows = prepared.frame[places]
        subjects = rows[warm.domain.subject].to_list()
        told_rows = explained(rows, rule, prepared.compiler)
        return [
            Shown(
                item.row_id, subject, item.values[warm.domain.time],
                sentence_of(definition.sentence, {**definition.parameters, **item.values, "base_currency": base_currency}),
                item, lacks.get(place, 0.0),
            )
            for place, subject, item in zip(places.to_list(), subjects, told_rows, strict=True)
        ]  # fmt: skip

    return say


def _period(warm: WarmFrame, found: Fired, alerts: pl.DataFrame, verdicts: pl.DataFrame, days: int) -> Period:
    within = pl.col(warm.domain.time) >= warm.since(days)
    told_rows = alerts.filter(within)
    known = verdicts.filter(pl.col("at") >= warm.since(days))["verdict"].drop_nulls()
    number = len(told_rows)
    return Period(
        days, len(found.rows.filter(within)), number, round(number / days, 2), told_rows[warm.domain.subject].n_unique(),
        len(known), int((known == SUSPICIOUS).sum()),
    )  # fmt: skip


def _daily(warm: WarmFrame, alerts: pl.DataFrame) -> list[tuple[date, int]]:
    counted = dict(alerts.group_by(pl.col(warm.domain.time).dt.date().alias("day")).len().iter_rows())
    days = [warm.until.date() - timedelta(days=number) for number in range(CHARTED - 1, -1, -1)]
    return [(day, counted.get(day, 0)) for day in days]


def _overlap(warm: WarmFrame, subjects: pl.DataFrame) -> list[tuple[str, int]]:
    """By scenario how many of the customers have an alert of it already, the most first."""
    recent = warm.known.filter(pl.col("at") >= warm.since(LOOKED_AT))
    shared = recent.join(subjects, left_on="subject", right_on=warm.domain.subject, how="semi")
    counted = shared.group_by("scenario").agg(pl.col("subject").n_unique().alias("number"))
    return list(counted.sort("number", "scenario", descending=[True, False]).head(_MOST_LIVE).iter_rows())


def by_customer(found: Fired, subject: str, time: str, since: datetime) -> dict[str, int]:
    """How many alerts each subject would have had since a moment."""
    rows = found.alerts.filter(pl.col(time) >= since)
    return dict(rows.group_by(subject).len().iter_rows())
