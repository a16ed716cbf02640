"""Between rows of the database and the evaluator. Only workers import this: it loads Polars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from monitoring.domains.finance import FINANCE
from monitoring.domains.pharma import PHARMA
from monitoring.files.frames import with_derived
from monitoring.rules.checker import Rule
from monitoring.rules.compiler import Compiler
from monitoring.rules.evaluator import ID, Outcome, explained, firings, outcome_of, prepare
from monitoring.rules.trace import Trace, TracedNode, sentence_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.stored import frame_of_rows

COLUMNS = (
    "customer_id", "id", "booked_at", "base_amount", "direction", "currency", "type", "channel", "account", "counterparty_name",
    "counterparty_account", "counterparty_country", "reference",
)  # fmt: skip
SILENT_ONE_IN, _SEED = 100, 11
_RENAMED = {"base_amount": "amount", "customer_id": FINANCE.subject}
_NAMES = tuple(_RENAMED.get(name, name) for name in COLUMNS)


@dataclass(frozen=True)
class Found:
    """A firing of a scenario on a transaction or process event, in words and in full."""

    row_id: str
    sentence: str
    trace: Trace


@dataclass(frozen=True)
class Assessed:
    """What one scenario said of the rows assessed: its findings, how many rows had too little history, and the traces of a hundredth
    of the rows on which it did not fire, without what is text in them."""

    found: list[Found] = field(default_factory=list)
    insufficient_history: int = 0
    silent: list[Trace] = field(default_factory=list)


def assess_rows(
    definitions: Sequence[ScenarioDefinition], rows: Sequence[Sequence[Any]], *, subject: str, since: datetime,
    base_currency: str,
) -> list[Assessed]:  # fmt: skip
    """Every definition on `rows` (values of COLUMNS), for those of the subject from `since` on; the others are what rules
    look at beside them.

    What is empty in the database is unknown to a rule.
    """
    if not rows or not definitions:
        return [Assessed() for _ in definitions]
    due = (pl.col(FINANCE.time) >= since) & (pl.col(FINANCE.subject) == subject)
    return _judged(definitions, frame_of(rows), due, base_currency)


def review_rows(
    definitions: Sequence[ScenarioDefinition], names: Sequence[str], rows: Sequence[Sequence[Any]], *, process_id: str,
    base_currency: str,
) -> list[Assessed]:  # fmt: skip
    """Every definition of the pharma domain on `rows` (values of `names`), for those of the process."""
    if not rows or not definitions:
        return [Assessed() for _ in definitions]
    frame = with_derived(frame_of_rows(PHARMA, names, rows), PHARMA)
    return _judged(definitions, frame, pl.col(PHARMA.subject) == process_id, base_currency)


def _judged(
    definitions: Sequence[ScenarioDefinition], frame: pl.DataFrame, due: pl.Expr, base_currency: str
) -> list[Assessed]:
    rules = [definition.checked() for definition in definitions]
    prepared = prepare(frame, rules)
    young = [outcome_of(rule, prepared.compiler) == Outcome.INSUFFICIENT_HISTORY.value for rule in rules]
    counts = (
        prepared.frame.filter(due).select([mask.sum().alias(str(index)) for index, mask in enumerate(young)]).row(0)
    )
    sampled = prepared.frame.filter(due & (pl.col(ID).hash(seed=_SEED) % SILENT_ONE_IN == 0))
    return [
        Assessed(
            [
                Found(item.row_id, told_sentence(definition, item.values, base_currency), item.trace)
                for item in firings(prepared, rule, due)
            ],
            count,
            _silent(sampled, rule, prepared.compiler) if len(sampled) else [],
        )
        for definition, rule, count in zip(definitions, rules, counts, strict=True)
    ]


def _silent(sampled: pl.DataFrame, rule: Rule, compiler: Compiler) -> list[Trace]:
    """The traces of those rows on which the rule does not fire; numbers only, because texts may be of persons."""
    rows = sampled.filter(outcome_of(rule, compiler) != Outcome.FIRED.value)
    return [[_numbers_only(node) for node in item.trace] for item in explained(rows, rule, compiler)]


def _numbers_only(node: TracedNode) -> TracedNode:
    return {**node, "values": [(text, value) for text, value in node["values"] if not isinstance(value, str)]}


def frame_of(rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Values of COLUMNS as rows of the domain."""
    return frame_of_rows(FINANCE, _NAMES, rows)


def told_sentence(definition: ScenarioDefinition, values: Mapping[str, Any], base_currency: str) -> str:
    """What the definition says of a row with these values, as long as a finding keeps it."""
    names = {**definition.parameters, **values, "base_currency": base_currency}
    return sentence_of(definition.sentence, names)[:400]
