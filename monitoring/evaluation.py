"""Between rows of the database and the evaluator. Only workers import this: it loads Polars."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl

from monitoring.domains.finance import FINANCE
from monitoring.domains.pharma import PHARMA
from monitoring.files.frames import with_derived
from monitoring.rules.checker import Rule
from monitoring.rules.compiler import Compiler
from monitoring.rules.evaluator import ID, Outcome, Prepared, explained, firings, outcome_of, prepare
from monitoring.rules.trace import Trace, TracedNode, sentence_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.stored import frame_of_rows

COLUMNS = (
    "customer_id", "id", "booked_at", "base_amount", "direction", "currency", "type", "channel", "account", "counterparty_name",
    "counterparty_account", "counterparty_country", "reference",
)  # fmt: skip
SILENT_ONE_IN, _SEED = 100, 11
_FIRED, _YOUNG = Outcome.FIRED.value, Outcome.INSUFFICIENT_HISTORY.value
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
    definitions: Sequence[ScenarioDefinition], rules: Sequence[Rule], rows: Sequence[Sequence[Any]], *,
    since: Mapping[UUID, datetime], base_currency: str, said: Mapping[str, tuple[str, float]] | None = None,
) -> dict[UUID, list[Assessed]]:  # fmt: skip
    """Every definition, checked as `rules`, on `rows` (values of COLUMNS): for the subjects' from their `since` on; the
    others are what rules look at beside them. `said` is what screening says of counterparties, by name.

    What is empty in the database is unknown to a rule.
    """
    if not rows or not definitions:
        return {subject: [Assessed() for _ in definitions] for subject in since}
    begun = {str(subject): moment for subject, moment in since.items()}
    moment = pl.col(FINANCE.subject).replace_strict(begun, default=None, return_dtype=pl.Datetime("us", "UTC"))
    found = _judged(definitions, rules, with_said(frame_of(rows), said), pl.col(FINANCE.time) >= moment, base_currency)
    return {subject: [told.get(str(subject), Assessed()) for told in found] for subject in since}


def review_rows(
    definitions: Sequence[ScenarioDefinition], names: Sequence[str], rows: Sequence[Sequence[Any]], *, process_id: str,
    base_currency: str,
) -> list[Assessed]:  # fmt: skip
    """Every definition of the pharma domain on `rows` (values of `names`), for those of the process."""
    if not rows or not definitions:
        return [Assessed() for _ in definitions]
    frame, rules = with_derived(frame_of_rows(PHARMA, names, rows), PHARMA), [item.checked() for item in definitions]
    found = _judged(definitions, rules, frame, pl.col(PHARMA.subject) == process_id, base_currency)
    return [told.get(process_id, Assessed()) for told in found]


def _judged(
    definitions: Sequence[ScenarioDefinition], rules: Sequence[Rule], frame: pl.DataFrame, due: pl.Expr,
    base_currency: str,
) -> list[dict[str, Assessed]]:  # fmt: skip
    """For each definition, by subject. All rules are asked at once; only those that fire are explained."""
    prepared = prepare(frame, rules)
    subject = rules[0].domain.subject
    judged = Prepared(prepared.frame.filter(due), prepared.compiler)
    outcomes = judged.frame.select(
        subject, *(outcome_of(rule, prepared.compiler).alias(f"_{number}") for number, rule in enumerate(rules))
    )
    subjects = outcomes[subject].to_list()
    sampled = judged.frame.filter(pl.col(ID).hash(seed=_SEED) % SILENT_ONE_IN == 0)
    found: list[dict[str, Assessed]] = []
    for number, (definition, rule) in enumerate(zip(definitions, rules, strict=True)):
        said = outcomes[f"_{number}"].to_list()
        young = Counter(who for who, told in zip(subjects, said, strict=True) if told == _YOUNG)
        of: dict[str, list[Found]] = {}
        for item in firings(judged, rule) if _FIRED in said else []:
            sentence = told_sentence(definition, item.values, base_currency)
            of.setdefault(item.subject, []).append(Found(item.row_id, sentence, item.trace))
        silent = _silent(sampled, rule, prepared.compiler) if len(sampled) else {}
        whole = {*of, *young, *silent}
        found.append({who: Assessed(of.get(who, []), young[who], silent.get(who, [])) for who in whole})
    return found


def _silent(sampled: pl.DataFrame, rule: Rule, compiler: Compiler) -> dict[str, list[Trace]]:
    """By subject the traces of those rows on which the rule does not fire; numbers only, because texts may be of persons."""
    found: dict[str, list[Trace]] = {}
    rows = sampled.filter(outcome_of(rule, compiler) != Outcome.FIRED.value)
    for item in explained(rows, rule, compiler):
        found.setdefault(item.subject, []).append([_numbers_only(node) for node in item.trace])
    return found


def _numbers_only(node: TracedNode) -> TracedNode:
    return {**node, "values": [(text, value) for text, value in node["values"] if not isinstance(value, str)]}


def with_said(frame: pl.DataFrame, said: Mapping[str, tuple[str, float]] | None) -> pl.DataFrame:
    """The rows with topics and score of their counterparties; unknown where screening says nothing of a name."""
    if not said:
        return frame
    name = pl.col("counterparty_name")
    topics, scores = ({who: told[place] for who, told in said.items()} for place in (0, 1))
    return frame.with_columns(
        name.replace_strict(topics, default=None, return_dtype=pl.String).alias("hit_topics"),
        name.replace_strict(scores, default=None, return_dtype=pl.Float64).alias("hit_score"),
    )


def frame_of(rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Values of COLUMNS as rows of the domain."""
    return frame_of_rows(FINANCE, _NAMES, rows)


def told_sentence(definition: ScenarioDefinition, values: Mapping[str, Any], base_currency: str) -> str:
    """What the definition says of a row with these values, as long as a finding keeps it."""
    names = {**definition.parameters, **values, "base_currency": base_currency}
    return sentence_of(definition.sentence, names)[:400]
