"""Nodes in the field's words: `transactions with amount at least 8,000 within 7 days`. For people; `words` is for reading back."""

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

WORDS = {">=": "at least", ">": "above", "<=": "at most", "<": "below", "==": "is", "!=": "is not"}
_UNITS = {"m": "minute", "h": "hour", "d": "day"}
_OF = {"sum": "sum of {}", "mean": "average {}", "std": "spread of {}", "min": "lowest {}", "max": "highest {}",
       "median": "median {}", "benford": "departure of {} from Benford's law", "distinct": "different values of {}",
       "alike": "shared values of {} with an earlier record",
       "previous": "{} of the one before", "first": "{} of the first"}  # fmt: skip
_ROWS = {
    "count": "{}",
    "time_since_previous": "days since the last of the {}",
    "time_since_first": "days since the first of the {}",
}
_SIGNS = {"+": "plus", "-": "less", "*": "times", "/": "divided by", "%": "modulo"}
_SHAPES = {"cycle": "payments in the ring that closes", "chain": "payments in the chain that goes on",
           "scatter_gather": "accounts between one origin and one end"}  # fmt: skip


def figure(value: float) -> str:
    """A number with separators, without decimals that say nothing."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"  # noqa: PLR2004 - exact until there


def length_words(window: str) -> str:
    """`7d` as `7 days`; a parameter by its name."""
    if window[:1] == "$" or not window[:-1].isdigit():
        return window
    number, unit = int(window[:-1]), _UNITS.get(window[-1], "")
    return f"{number} {unit}{'' if number == 1 else 's'}"


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
            return f"{_SHAPES[shape]} within {length_words(window)}"
        case Arithmetic(("least" | "greatest") as op, left, right):
            return f"the {'lesser' if op == 'least' else 'greater'} of {phrase_of(left, domain)} and {phrase_of(right, domain)}"
        case Arithmetic(op, left, right):
            return f"{phrase_of(left, domain)} {_SIGNS[op]} {phrase_of(right, domain)}"
        case Function(name, arguments):
            told = " and ".join(phrase_of(item, domain) for item in arguments)
            return f"{name.replace('_', ' ')} {'' if name.endswith('_between') else 'of '}{told}"


def _label(name: str, domain: Domain) -> str:
    known = domain.fields.get(name)
    return known.label.lower() if known else "time" if name == domain.time else name.replace("_", " ")


def _aggregate(node: Aggregate, domain: Domain) -> str:
    if node.function in _ROWS:
        told = _ROWS[node.function].format(domain.rows_are)
    elif node.function == "percentile":
        told = f"{figure(node.percent)}th percentile of {_label(node.of, domain)}"
    else:
        told = _OF[node.function].format(_label(node.of, domain))
    told += f" of {domain.rows_are}" if node.where is not None and node.function not in _ROWS else ""
    told += f" with {condition_phrase(node.where, domain)}" if node.where is not None else ""
    told += f" with the same {_label(node.by, domain)}" if node.by else ""
    told += f" of all with the same {_label(node.among, domain)}" if node.among else ""
    told += f" within {length_words(node.window)}" if node.window else ""
    return told + (" before this one" if node.exclude_current else " after this one" if node.ahead else "")


def condition_phrase(node: Condition, domain: Domain) -> str:  # noqa: PLR0911 - one case for each kind of node
    """The condition, as somebody of the field says it."""
    match node:
        case Compare(left, op, right):
            return f"{phrase_of(left, domain)} {WORDS[op]} {phrase_of(right, domain)}"
        case Between(operand, low, high):
            return f"{phrase_of(operand, domain)} between {phrase_of(low, domain)} and {phrase_of(high, domain)}"
        case InList(operand, members):
            return f"{phrase_of(operand, domain)} among {_members(members)}"
        case TextTest(test, operand, members):
            return f"{phrase_of(operand, domain)} that {test.replace('_', ' ')} {_members(members)}"
        case Missing(operand):
            return f"no {phrase_of(operand, domain)}"
        case HasHit(topic, score):
            return f"a screening hit for {topic} of at least {phrase_of(score, domain)}"
        case All(parts):
            return " and ".join(condition_phrase(part, domain) for part in parts)
        case Any(parts):
            return "(" + " or ".join(condition_phrase(part, domain) for part in parts) + ")"
        case Not(part):
            return f"not ({condition_phrase(part, domain)})"


def _members(members: Members | Parameter | Listed) -> str:
    if isinstance(members, Listed):
        return f"the list {members.of.name.replace('_', ' ')}"
    if isinstance(members, Parameter):
        return text_of(members)
    some = ", ".join(members.values[:5])
    return some if len(members.values) <= 5 else f"{some} and {len(members.values) - 5} more"  # noqa: PLR2004
