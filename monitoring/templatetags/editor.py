"""What the editor's templates ask of faults, facts and rows."""

from dataclasses import dataclass, field
from typing import Any

from django import template

from monitoring.editing.choices import suggestions_in
from monitoring.editing.page import SheetView
from monitoring.editing.sheet import SEVERITIES
from monitoring.rules.checker import Rule
from monitoring.rules.faults import RuleFault
from monitoring.rules.telling import told_trace
from monitoring.selectors import otherwise_of, told_of

register = template.Library()


@dataclass(frozen=True)
class Fact:
    """A field of the scenario beside its rule; `width` in twelfths of the card."""

    name: str
    label: str
    help: str = ""
    width: int = 6
    options: tuple[str, ...] = ()
    is_long: bool = False
    is_fixed: bool = False
    value: object = ""
    faults: list[RuleFault] = field(default_factory=list)


_FACTS = (
    Fact("title", "Title"),
    Fact("code", "Short name", "for files and addresses, such as fan_in"),
    Fact("typology", "Typology", "the laundering pattern", 4),
    Fact("severity", "Severity", "", 4, SEVERITIES),
    Fact("cool_down", "Cool-down", "after a decision, such as 7d; empty for none", 4),
    Fact(
        "sentence", "What it says", "names in braces are replaced: fields, measures, parameters", 12, (), is_long=True
    ),
    Fact("rationale", "Why it is suspicious", "", 12, (), is_long=True),
    Fact("reference", "Reference", "of the law or guidance", 6),
    Fact("min_history_days", "Days of history needed", "younger customers are not judged", 6),
)


@register.filter
def facts(view: SheetView, base: str) -> list[Fact]:
    """The facts with their values; the short name of a stored scenario stays."""
    return [
        Fact(**{**vars(fact), "value": view.sheet.values[fact.name], "faults": view.fact_faults.get(fact.name, []),
                "is_fixed": fact.name == "code" and bool(base)})
        for fact in _FACTS
    ]  # fmt: skip


@register.filter
def fixes(fault: RuleFault) -> list[str]:
    """The checker's suggestions that a click puts in."""
    return suggestions_in(fault)


@register.filter
def subject_parts(subject: str) -> tuple[str, str]:
    """(batch, customer) of a subject; the batch is empty where the subject is the customer."""
    batch, _, customer = subject.rpartition(" ")
    return batch, customer


@register.filter
def lacking(row: Any, rule: Rule) -> str:
    """The conditions that a near miss does not fulfil, with their values."""
    return "; ".join(told.sentence for told in told_trace(rule, row.firing.trace) if told.holds is False)


register.filter("telling", told_of)
register.filter("otherwise", otherwise_of)
