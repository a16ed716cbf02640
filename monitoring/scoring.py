"""Scenarios over a whole file of events: what fired, in words. No database; loads Polars."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from monitoring.domains.base import Domain
from monitoring.files.frames import EventFrame
from monitoring.rules.checker import Rule
from monitoring.rules.evaluator import ID, Outcome, Prepared, fired, outcome_of, prepare_each
from monitoring.rules.trace import sentence_of
from monitoring.rules.tree import FieldRef, walk
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scenarios.examples import length

SEVERITIES = ("low", "medium", "high")
COLUMNS = ("event_id", "subject", "scenarios", "typologies", "severity", "sentence")


@dataclass(frozen=True)
class FiredRow:
    """A firing of a scenario on a row, in words."""

    row_id: str
    subject: str
    at: Any
    definition: ScenarioDefinition
    sentence: str


@dataclass
class Scored:
    """What scenarios said of a file. `events` by row id; counts by scenario; fields that the file does not have."""

    fired: dict[str, list[FiredRow]] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    alerts: dict[str, int] = field(default_factory=dict)
    insufficient: dict[str, int] = field(default_factory=dict)
    lacking: dict[str, list[str]] = field(default_factory=dict)


def score(
    events: EventFrame, definitions: Sequence[ScenarioDefinition], *, base_currency: str,
    on_progress: Callable[[Iterable[Any], int], Iterable[Any]] = lambda items, total: items,
) -> Scored:  # fmt: skip
    """Every definition (all of one domain) over the rows. Within a scenario's cool-down a subject is told once."""
    scored = Scored()
    rules = [definition.checked() for definition in definitions]
    prepared = prepare_each(events.frame, rules)
    for definition, rule, part in on_progress(zip(definitions, rules, prepared, strict=True), len(rules)):
        _score(scored, definition, rule, part, base_currency)
    return scored


def _score(scored: Scored, definition: ScenarioDefinition, rule: Rule, part: Prepared, base_currency: str) -> None:
    domain = rule.domain
    lacking = [name for name in used_fields(rule) if part.frame[name].null_count() == len(part.frame)]
    if lacking:
        scored.lacking[definition.code] = lacking
    young = outcome_of(rule, part.compiler) == Outcome.INSUFFICIENT_HISTORY.value
    scored.insufficient[definition.code] = part.frame.select(young.sum()).item()
    rows = fired(part, rule)
    scored.findings[definition.code] = len(rows)
    scored.alerts[definition.code] = rows[domain.subject].n_unique()
    for row in rows.filter(told(rows, domain, definition)).iter_rows(named=True):
        names = {**definition.parameters, **row, "base_currency": base_currency}
        told_row = FiredRow(
            row[ID], row[domain.subject], row[domain.time], definition, sentence_of(definition.sentence, names)
        )
        scored.fired.setdefault(told_row.row_id, []).append(told_row)


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
    pause, subject, until = length(definition.cool_down), None, None
    kept = []
    for here, at in rows.select(domain.subject, domain.time).iter_rows():
        keeps = here != subject or until is None or at >= until
        if keeps:
            subject, until = here, at + pause
        kept.append(keeps)
    return pl.Series(kept, dtype=pl.Boolean)


def lines(scored: Scored, events: EventFrame) -> pl.DataFrame:
    """One line an event that fired, in the order of the file; see COLUMNS. The severest finding comes first."""
    own = dict(events.event_ids.filter(pl.col(ID).is_in(list(scored.fired))).iter_rows())
    made = []
    for row_id in sorted(scored.fired):
        found = sorted(
            scored.fired[row_id], key=lambda item: (-SEVERITIES.index(item.definition.severity), item.definition.code)
        )
        made.append((
            own[row_id], found[0].subject, _joined(item.definition.code for item in found),
            _joined(item.definition.typology for item in found), found[0].definition.severity,
            " ".join(dict.fromkeys(item.sentence for item in found)),
        ))  # fmt: skip
    return pl.DataFrame(made, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _joined(names: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(names))
