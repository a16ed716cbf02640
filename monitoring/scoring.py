"""Scenarios over a whole file of events: what fired, in words. No database; loads Polars."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from monitoring.domains.base import Domain
from monitoring.features.layout import Bools, Ints
from monitoring.files.frames import EventFrame
from monitoring.rules.checker import Rule
from monitoring.rules.evaluator import ID, Outcome, Prepared, fired, outcome_of, prepare_each
from monitoring.rules.trace import sentence_of
from monitoring.rules.tree import FieldRef, walk
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scenarios.examples import length

SEVERITIES = ("low", "medium", "high")
COLUMNS = ("event_id", "subject", "scenarios", "typologies", "severity", "sentence")
_SIDE_BY_SIDE = 50


@dataclass(frozen=True)
class FiredRow:
    """A firing of a scenario, by its code, on a row, in words."""

    row_id: str
    subject: str
    at: datetime
    scenario: str
    sentence: str


@dataclass
class Scored:
    """What scenarios said of rows: the firings that are told, and by scenario how many fired, about how many subjects,
    how many rows had too little history, and which of the fields it reads no row has."""

    fired: list[FiredRow] = field(default_factory=list)
    findings: dict[str, int] = field(default_factory=dict)
    alerts: dict[str, int] = field(default_factory=dict)
    insufficient: dict[str, int] = field(default_factory=dict)
    lacking: dict[str, list[str]] = field(default_factory=dict)

    def add(self, part: "Scored") -> None:
        """Takes in what was said of other rows, of other subjects."""
        self.fired += part.fired
        for code in part.findings:
            for mine, theirs in ((self.findings, part.findings), (self.alerts, part.alerts),
                                 (self.insufficient, part.insufficient)):  # fmt: skip
                mine[code] = mine.get(code, 0) + theirs[code]
            before = self.lacking.get(code, part.lacking[code])
            self.lacking[code] = [name for name in before if name in part.lacking[code]]


def score(
    frame: pl.DataFrame, definitions: Sequence[ScenarioDefinition], *, base_currency: str,
    on_progress: Callable[[Iterable[Any], int], Iterable[Any]] = lambda items, total: items,
) -> Scored:  # fmt: skip
    """Every definition (all of one domain) over the rows. Within a scenario's cool-down a subject is told once."""
    scored = Scored()
    rules = [definition.checked() for definition in definitions]
    prepared = prepare_each(frame, rules)
    for definition, rule, part in on_progress(zip(definitions, rules, prepared, strict=True), len(rules)):
        _score(scored, definition, rule, part, base_currency)
    return scored


def _score(scored: Scored, definition: ScenarioDefinition, rule: Rule, part: Prepared, base_currency: str) -> None:
    domain = rule.domain
    scored.lacking[definition.code] = [
        name for name in used_fields(rule) if part.frame[name].null_count() == len(part.frame)
    ]
    young = outcome_of(rule, part.compiler) == Outcome.INSUFFICIENT_HISTORY.value
    scored.insufficient[definition.code] = part.frame.select(young.sum()).item()
    rows = fired(part, rule)
    scored.findings[definition.code] = len(rows)
    scored.alerts[definition.code] = rows[domain.subject].n_unique()
    for row in rows.filter(told(rows, domain, definition)).iter_rows(named=True):
        names = {**definition.parameters, **row, "base_currency": base_currency}
        sentence = sentence_of(definition.sentence, names)
        scored.fired.append(FiredRow(row[ID], row[domain.subject], row[domain.time], definition.code, sentence))


def used_fields(rule: Rule) -> list[str]:
    """The fields of the row that the rule reads; without them it stays unknown."""
    roots = (rule.condition, *(measure for measure in rule.measures))
    found = {node.name for root in roots for node in walk(root) if isinstance(node, FieldRef)}
    aggregates = {getattr(node, key, "") for root in roots for node in walk(root) for key in ("of", "by", "among")}
    return [name for name in rule.domain.fields if name in found | aggregates]


def told(rows: pl.DataFrame, domain: Domain, definition: ScenarioDefinition) -> pl.Series:
    """Which firings are told: the first of a subject and, after its cool-down, the next."""
    if not definition.cool_down:
        return pl.Series([True] * len(rows), dtype=pl.Boolean)
    codes = rows[domain.subject].rle_id().cast(pl.Int64).to_numpy()
    times = rows[domain.time].dt.epoch("us").to_numpy()
    return pl.Series(outside_pauses(codes, times, length(definition.cool_down) // timedelta(microseconds=1)))


def outside_pauses(codes: Ints, times: Ints, pause: int) -> Bools:
    """Of rows in order of `codes` and `times`, those that come `pause` (not 0) or longer after the last such of their code."""
    keeps = np.zeros(len(codes), dtype=np.bool_)
    if not len(codes):
        return keeps
    first = times.min()
    span = int(times.max() - first) + pause + 1
    unit = 1 + (int(codes.max()) + 1) * span // 2**62  # microseconds, or coarser where they would not fit
    line = codes * (span // unit + 1) + (times - first) // unit
    following = np.maximum(np.searchsorted(line, line + pause // unit, side="left"), np.arange(1, len(line) + 1))
    at = np.flatnonzero(np.diff(codes, prepend=codes[:1] - 1))
    ends = np.append(at[1:], len(codes))
    while len(at) > _SIDE_BY_SIDE:  # all codes one step further at once, while there are many
        keeps[at] = True
        at = following[at]
        inside = at < ends
        at, ends = at[inside], ends[inside]
    for begin, end in zip(at.tolist(), ends.tolist(), strict=True):
        place = begin
        while place < end:
            keeps[place] = True
            place = int(following[place])
    return keeps


def lines(scored: Scored, events: EventFrame, definitions: Iterable[ScenarioDefinition]) -> pl.DataFrame:
    """One line an event that fired, in the order of the file; see COLUMNS. The severest finding comes first."""
    by_code = {definition.code: definition for definition in definitions}
    by_row: dict[str, list[FiredRow]] = {}
    for item in scored.fired:
        by_row.setdefault(item.row_id, []).append(item)
    own = dict(events.event_ids.filter(pl.col(ID).is_in(list(by_row))).iter_rows())
    made = []
    for row_id in sorted(by_row):
        found = sorted(
            by_row[row_id],
            key=lambda item: (-SEVERITIES.index(by_code[item.scenario].severity), item.scenario, item.subject),
        )
        made.append((
            own[row_id], found[0].subject, _joined(item.scenario for item in found),
            _joined(by_code[item.scenario].typology for item in found), by_code[found[0].scenario].severity,
            " ".join(dict.fromkeys(item.sentence for item in found)),
        ))  # fmt: skip
    return pl.DataFrame(made, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _joined(names: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(names))
