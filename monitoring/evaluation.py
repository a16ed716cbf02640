"""Between rows of the database and the evaluator. Only workers import this: it loads Polars."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress
from typing import Any
from uuid import UUID

import polars as pl

from monitoring.domains.finance import FINANCE
from monitoring.domains.pharma import PHARMA
from monitoring.files.frames import with_derived
from monitoring.rules.evaluator import ID, explained, in_order
from monitoring.rules.needs import Needs
from monitoring.rules.plan import Plan
from monitoring.rules.trace import Trace, TracedNode, sentence_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.stored import frame_of_rows

COLUMNS = (
    "customer_id", "id", "booked_at", "base_amount", "direction", "currency", "type", "channel", "account", "counterparty_name",
    "counterparty_account", "counterparty_country", "reference",
)  # fmt: skip
SILENT_ONE_IN, _SEED = 100, 11
_RENAMED = {"base_amount": "amount", "customer_id": FINANCE.subject}
Beside = Callable[[Mapping[UUID, datetime], Needs], Sequence[Sequence[Any]]]
Screened = Callable[[Sequence[str]], Mapping[str, tuple[str, float]]]
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
    definitions: Sequence[ScenarioDefinition], plan: Plan, rows: Sequence[Sequence[Any]], *,
    since: Mapping[UUID, datetime], base_currency: str, beside: Beside | None = None, screen: Screened | None = None,
) -> dict[UUID, list[Assessed]]:  # fmt: skip
    """Every definition, checked as the plan's rules, on `rows` (values of COLUMNS): for the subjects' from their `since` on.

    What a rule looks at of others is read by `beside`, for the subjects on whose rows such a rule can fire at all, and
    what screening says of counterparties by `screen`. What is empty in the database is unknown to a rule.
    """
    if not rows or not definitions:
        return {subject: [Assessed() for _ in definitions] for subject in since}
    begun = {str(subject): moment for subject, moment in since.items()}
    moment = pl.col(FINANCE.subject).replace_strict(begun, default=None, return_dtype=pl.Datetime("us", "UTC"))
    due = pl.col(FINANCE.time) >= moment
    frame = frame_of(rows)
    fresh = frame.filter(due)
    numbers, concerned = _that_can_fire(plan, fresh)
    if beside is not None and concerned:
        others = beside({pk: since[pk] for pk in since if str(pk) in concerned}, plan.needs(numbers))
        frame = pl.concat([frame, frame_of(others)]) if others else frame
    if screen is not None and any(plan.asks_screening[number] for number in numbers):
        frame = with_said(frame, screen(fresh["counterparty_name"].drop_nulls().unique().to_list()))
    found = _judged(definitions, plan, frame, due, base_currency, numbers)
    return {subject: [told.get(str(subject), Assessed()) for told in found] for subject in since}


def _that_can_fire(plan: Plan, fresh: pl.DataFrame) -> tuple[list[int], set[str]]:
    """The rules that can fire on some of these rows, by number, and the subjects for whom others' rows are looked at.

    A row whose silence is kept is judged by every rule."""
    is_sampled = _is_sampled()
    told = fresh.select(FINANCE.subject, *(expression | is_sampled for expression in plan.possible))
    numbers = [number for number in range(len(plan.rules)) if told[str(number)].any()]
    wide = [pl.col(str(number)) for number in numbers if plan.looks_beside[number]]
    return numbers, set(told.filter(pl.any_horizontal(wide))[FINANCE.subject]) if wide else set()


def _is_sampled() -> pl.Expr:
    """Whether the row's silence is kept."""
    return pl.col(ID).hash(seed=_SEED) % SILENT_ONE_IN == 0


def review_rows(
    definitions: Sequence[ScenarioDefinition], names: Sequence[str], rows: Sequence[Sequence[Any]], *, process_id: str,
    base_currency: str,
) -> list[Assessed]:  # fmt: skip
    """Every definition of the pharma domain on `rows` (values of `names`), for those of the process."""
    if not rows or not definitions:
        return [Assessed() for _ in definitions]
    frame, plan = (
        with_derived(frame_of_rows(PHARMA, names, rows), PHARMA),
        Plan([item.checked() for item in definitions]),
    )
    due = pl.col(PHARMA.subject) == process_id
    found = _judged(definitions, plan, frame, due, base_currency, range(len(definitions)))
    return [told.get(process_id, Assessed()) for told in found]


def _judged(
    definitions: Sequence[ScenarioDefinition], plan: Plan, frame: pl.DataFrame, due: pl.Expr, base_currency: str,
    numbers: Sequence[int],
) -> list[dict[str, Assessed]]:  # fmt: skip
    """For each definition, by subject. All rules that can fire (`numbers`) are asked at once; those that do are explained."""
    domain = plan.rules[0].domain
    judged = plan.prepared(in_order(frame, domain), numbers).filter(due)
    subjects, known_for = judged[domain.subject].to_list(), judged[plan.known_for].to_list()
    fires = judged.select(plan.fires(number) for number in numbers)
    young = [[age is not None and age < rule.min_history_days for age in known_for] for rule in plan.rules]
    fired: list[list[int]] = [[] for _ in plan.rules]
    for number in numbers:
        told = fires[str(number)]  # most fire on no row, and asking where costs Polars more than asking whether
        places = told.arg_true().to_list() if told.any() else []
        fired[number] = [place for place in places if not young[number][place]]
    silent = _silent(judged, plan, fired)
    found: list[dict[str, Assessed]] = []
    for number, definition in enumerate(definitions):
        too_new = Counter(compress(subjects, young[number]))
        of = _explained(judged[fired[number]], definition, plan, number, base_currency) if fired[number] else {}
        traces = silent[number]
        whole = {*of, *too_new, *traces}
        found.append({who: Assessed(of.get(who, []), too_new[who], traces.get(who, [])) for who in whole})
    return found


def _explained(
    fired: pl.DataFrame, definition: ScenarioDefinition, plan: Plan, number: int, base_currency: str
) -> dict[str, list[Found]]:
    """By subject the rows on which the rule of this number fires, in words and in full."""
    of: dict[str, list[Found]] = {}
    for item in explained(fired, plan.rules[number], plan.compiler, plan.traced(number), plan.tracer(number)):
        sentence = told_sentence(definition, item.values, base_currency)
        of.setdefault(item.subject, []).append(Found(item.row_id, sentence, item.trace))
    return of


def _silent(judged: pl.DataFrame, plan: Plan, fired: Sequence[Sequence[int]]) -> list[dict[str, list[Trace]]]:
    """For each rule by subject the traces of those rows on which it does not fire (`fired` are places where it does); numbers
    only, because texts may be of persons."""
    found: list[dict[str, list[Trace]]] = [{} for _ in plan.rules]
    sampled = judged.with_row_index("_place").filter(_is_sampled())
    if sampled.is_empty():
        return found
    domain, every = plan.rules[0].domain, range(len(plan.rules))
    nodes = (pl.struct(domain.time, *plan.traced(number)).alias(f"_{number}") for number in every)
    for row in sampled.select("_place", domain.subject, *nodes).iter_rows(named=True):
        for number in every:
            if row["_place"] not in fired[number]:
                trace = [_numbers_only(node) for node in plan.tracer(number)(row[f"_{number}"])]
                found[number].setdefault(row[domain.subject], []).append(trace)
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
