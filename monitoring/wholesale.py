"""Judging all customers that a delivery concerns at once, over one frame of everybody's rows. Loads Polars."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import polars as pl

from monitoring.counterparties import said_of
from monitoring.domains.finance import FINANCE
from monitoring.evaluation import COLUMNS, Found, frame_of, told_sentence, with_said
from monitoring.rules.checker import Rule
from monitoring.rules.evaluator import Outcome, explained, in_order, outcome_of, prepare_each
from monitoring.rules.needs import asks_screening
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import ends_before
from monitoring.snapshots.reading import history_frame

_AT_ONCE = 500  # subjects whose findings are explained, and stored, together
Part = dict[UUID, list[Found]]


def whole_frame(earliest: Mapping[UUID, datetime]) -> pl.DataFrame:
    """Everybody's rows that judging these customers, each from its moment on, may look at; in order.

    As `assessment_rows` gives a customer's: what is kept of a rule's longest window and, older, the very first row of each
    customer and the last.
    """
    start = min(earliest.values()) - timedelta(days=FINANCE.kept_days)
    rows = history_frame(FINANCE.code, start)
    older = ends_before(list(earliest), start, COLUMNS)
    return in_order(pl.concat([rows, frame_of(older)]) if older else rows, FINANCE)


def judged_wholly(
    definitions: Sequence[ScenarioDefinition], earliest: Mapping[UUID, datetime], *, base_currency: str
) -> Iterator[tuple[int, Part]]:
    """For one definition after the other, by its number, what it found about some of the customers.

    The same as `assess_rows` for each customer by itself, where nobody's neighbourhood is cut short there. The database is
    read at once, judging happens as it is asked for.
    """
    frame = whole_frame(earliest)
    rules = [definition.checked() for definition in definitions]
    due = _due(frame, earliest)
    if any(asks_screening(rule) for rule in rules):
        frame = with_said(frame, said_of(frame.filter(due)["counterparty_name"].drop_nulls().unique().to_list()))
    return _judged(definitions, rules, frame, due, base_currency)


def _judged(
    definitions: Sequence[ScenarioDefinition], rules: Sequence[Rule], frame: pl.DataFrame, due: pl.Series, currency: str
) -> Iterator[tuple[int, Part]]:
    for number, (definition, rule, part) in enumerate(zip(definitions, rules, prepare_each(frame, rules), strict=True)):
        fired = outcome_of(rule, part.compiler) == Outcome.FIRED.value
        for rows in _in_parts(part.frame.filter(fired & pl.lit(due))):
            found: Part = {}
            for subject, item in zip(rows[FINANCE.subject], explained(rows, rule, part.compiler), strict=True):
                sentence = told_sentence(definition, item.values, currency)
                found.setdefault(UUID(subject), []).append(Found(item.row_id, sentence, item.trace))
            yield number, found


def _due(frame: pl.DataFrame, earliest: Mapping[UUID, datetime]) -> pl.Series:
    """Which rows are judged: those of the customers, each from its moment on."""
    told: dict[str, Any] = {FINANCE.subject: [str(pk) for pk in earliest], "from": list(earliest.values())}
    begins = pl.DataFrame(told, schema={FINANCE.subject: pl.String, "from": pl.Datetime("us", "UTC")})
    rows = frame.select(FINANCE.subject, FINANCE.time).join(
        begins, on=FINANCE.subject, how="left", maintain_order="left"
    )
    return rows.select((pl.col(FINANCE.time) >= pl.col("from")).fill_null(value=False)).to_series()


def _in_parts(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """The rows, so many subjects at a time."""
    if rows.is_empty():
        return []
    part = (pl.col(FINANCE.subject).rle_id() // _AT_ONCE).alias("_part")
    return rows.with_columns(part).partition_by("_part", maintain_order=True, include_key=False)
