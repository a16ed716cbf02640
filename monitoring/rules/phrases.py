"""Nodes in the field's words: `transactions with amount at least 8,000 within 7 days`. For people; `words` is for reading back."""

from functools import reduce

from core.words import said, with_english
from monitoring.domains.base import Domain
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    Condition,
    Constant,
    FieldRef,
    Function,
    HasHit,
    InList,
    Listed,
    Measure,
    Members,
    Missing,
    Moment,
    Network,
    Not,
    Operand,
    Parameter,
    TextTest,
)
from monitoring.rules.words import text_of

WORDS = {
    ">=": said("at least"), ">": said("above"), "<=": said("at most"), "<": said("below"), "==": said("is"), "!=": said("is not"),
}  # fmt: skip
_OF_ROWS = frozenset({"count", "time_since_previous", "time_since_first"})
_SIGNS = {"+": said("plus"), "-": said("less"), "*": said("times"), "/": said("divided by"), "%": said("modulo")}
_SHAPES = {"cycle": said("payments in the ring that closes"), "chain": said("payments in the chain that goes on"),
           "scatter_gather": said("accounts between one origin and one end")}  # fmt: skip


def figure(value: float) -> str:
    """A number with separators, without decimals that say nothing."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"  # noqa: PLR2004 - exact until there


def length_words(window: str) -> str:
    """`7d` as `7 days`; a parameter by its name."""
    if window[:1] == "$" or not window[:-1].isdigit() or window[-1] not in "mhd":
        return window
    number, unit = int(window[:-1]), window[-1]
    if number == 1:
        return {"m": said("1 minute"), "h": said("1 hour"), "d": said("1 day")}[unit]
    told = {"m": said("{number} minutes", number=number), "h": said("{number} hours", number=number)}
    return told.get(unit, said("{number} days", number=number))


def phrase_of(node: Operand, domain: Domain) -> str:  # noqa: C901, PLR0911 - one case for each kind of node
    """The operand, as somebody of the field calls it."""
    match node:
        case FieldRef(name):
            return _label(name, domain)
        case Parameter(name):
            return f"${name}"
        case Measure(name):
            return name.replace("_", " ")
        case Constant(value):
            return f"“{value}”" if isinstance(value, str) else figure(value)
        case Moment(text):
            return text
        case Aggregate():
            return _aggregate(node, domain)
        case Network(shape, window):
            return said("{what} within {time}", what=_SHAPES[shape], time=length_words(window))
        case Arithmetic(("least" | "greatest") as op, left, right):
            parts = {"left": phrase_of(left, domain), "right": phrase_of(right, domain)}
            return (
                said("the lesser of {left} and {right}", **parts)
                if op == "least"
                else said("the greater of {left} and {right}", **parts)
            )
        case Arithmetic(op, left, right):
            return _joined(phrase_of(left, domain), _SIGNS[op], phrase_of(right, domain))
        case Function(name, arguments):
            told = _listed([phrase_of(item, domain) for item in arguments])
            called = said(name.replace("_", " "))
            return (
                said("{called} {told}", called=called, told=told)
                if name.endswith("_between")
                else said("{called} of {told}", called=called, told=told)
            )


def _label(name: str, domain: Domain) -> str:
    known = domain.fields.get(name)
    if known:
        return with_english(known.label, known.label.lower())
    return said("time") if name == domain.time else name.replace("_", " ")


def _aggregate(node: Aggregate, domain: Domain) -> str:
    rows, of = said(domain.rows_are), _label(node.of, domain) if node.of else ""
    told = _measure(node, rows, of)
    if node.where is not None and node.function not in _OF_ROWS:
        told = said("{told} of {rows}", told=told, rows=rows)
    if node.where is not None:
        told = said("{told} with {condition}", told=told, condition=condition_phrase(node.where, domain))
    if node.by:
        told = said("{told} with the same {label}", told=told, label=_label(node.by, domain))
    if node.among:
        told = said("{told} of all with the same {label}", told=told, label=_label(node.among, domain))
    if node.window:
        told = said("{what} within {time}", what=told, time=length_words(node.window))
    if node.exclude_current:
        return said("{told} before this one", told=told)
    return said("{told} after this one", told=told) if node.ahead else told


def _measure(node: Aggregate, rows: str, of: str) -> str:
    told = {
        "count": rows,
        "time_since_previous": said("days since the last of the {rows}", rows=rows),
        "time_since_first": said("days since the first of the {rows}", rows=rows),
        "sum": said("sum of {of}", of=of), "mean": said("average {of}", of=of), "std": said("spread of {of}", of=of),
        "min": said("lowest {of}", of=of), "max": said("highest {of}", of=of), "median": said("median {of}", of=of),
        "benford": said("departure of {of} from Benford's law", of=of), "distinct": said("different values of {of}", of=of),
        "alike": said("shared values of {of} with an earlier record", of=of),
        "previous": said("{of} of the one before", of=of), "first": said("{of} of the first", of=of),
    }  # fmt: skip
    if node.function == "percentile":
        return said("{percent}th percentile of {of}", percent=figure(node.percent), of=of)
    return told[node.function]


def _joined(left: str, word: str, right: str) -> str:
    return said("{left} {word} {right}", left=left, word=word, right=right)


def _listed(parts: list[str]) -> str:
    return reduce(lambda one, other: said("{one} and {other}", one=one, other=other), parts)


def condition_phrase(node: Condition, domain: Domain) -> str:  # noqa: PLR0911 - one case for each kind of node
    """The condition, as somebody of the field says it."""
    match node:
        case Compare(left, op, right):
            return _joined(phrase_of(left, domain), WORDS[op], phrase_of(right, domain))
        case Between(operand, low, high):
            return said(
                "{operand} between {low} and {high}",
                operand=phrase_of(operand, domain),
                low=phrase_of(low, domain),
                high=phrase_of(high, domain),
            )
        case InList(operand, members):
            return said("{operand} among {members}", operand=phrase_of(operand, domain), members=_members(members))
        case TextTest(test, operand, members):
            return said(
                "{operand} that {test} {members}",
                operand=phrase_of(operand, domain),
                test=said(test.replace("_", " ")),
                members=_members(members),
            )
        case Missing(operand):
            return said("no {operand}", operand=phrase_of(operand, domain))
        case HasHit(topic, score):
            return said("a screening hit for {topic} of at least {score}", topic=topic, score=phrase_of(score, domain))
        case All(parts):
            return _listed([condition_phrase(part, domain) for part in parts])
        case Any(parts):
            told = [condition_phrase(part, domain) for part in parts]
            return said(
                "({parts})", parts=reduce(lambda one, other: said("{one} or {other}", one=one, other=other), told)
            )
        case Not(part):
            return said("not ({part})", part=condition_phrase(part, domain))


def _members(members: Members | Parameter | Listed) -> str:
    if isinstance(members, Listed):
        return said("the list {name}", name=members.of.name.replace("_", " "))
    if isinstance(members, Parameter):
        return text_of(members)
    some = ", ".join(members.values[:5])
    return some if len(members.values) <= 5 else said("{some} and {more} more", some=some, more=len(members.values) - 5)  # noqa: PLR2004
