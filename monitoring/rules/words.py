"""A tree in words: the canonical text form, which people read and write; `reader` reads it back to the same tree."""

import json
import re

from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
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
    Node,
    Not,
    Parameter,
    TextTest,
)

PLAIN_WORD = re.compile(r"[^\W\d]\w*")


def text_of(node: Node | Members | Listed) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    """The node as people read it. A measure is its name; its definition is the text of its operand."""
    match node:
        case FieldRef(name) | Measure(name):
            return name
        case Parameter(name):
            return f"${name}"
        case Constant(value):
            return quoted(value) if isinstance(value, str) else number(value)
        case Moment(text):
            return f"date {quoted(text)}"
        case Members(values):
            return f"[{', '.join(value if PLAIN_WORD.fullmatch(value) else quoted(value) for value in values)}]"
        case Listed(of):
            return f"list {of.name}"
        case Aggregate():
            return _aggregate(node)
        case Network():
            return _network(node)
        case Arithmetic("least" | "greatest" as op, left, right):
            return f"{op}({text_of(left)}, {text_of(right)})"
        case Arithmetic(op, left, right):
            return f"({text_of(left)} {op} {text_of(right)})"
        case Function(name, arguments):
            return f"{name}({', '.join(map(text_of, arguments))})"
        case Compare(left, op, right):
            return f"{text_of(left)} {op} {text_of(right)}"
        case Between(operand, low, high):
            return f"{text_of(operand)} between {text_of(low)} and {text_of(high)}"
        case InList(operand, members):
            return f"{text_of(operand)} in {text_of(members)}"
        case TextTest(test, operand, members):
            return f"{text_of(operand)} {test.replace('_', ' ')} {text_of(members)}"
        case Missing(operand):
            return f"{text_of(operand)} is missing"
        case HasHit(topic, score):
            return f"has_hit({quoted(topic)}, {text_of(score)})"
        case All((part,)) | Any((part,)):
            return f"{'all' if isinstance(node, All) else 'any'}({text_of(part)})"
        case All(parts):
            return "(" + " and ".join(map(text_of, parts)) + ")"
        case Any(parts):
            return "(" + " or ".join(map(text_of, parts)) + ")"
        case Not(part):
            return f"not {text_of(part)}"


def quoted(text: str) -> str:
    """The text in quotes, as JSON has it."""
    return json.dumps(text, ensure_ascii=False)


def number(value: float) -> str:
    """The number with all its digits, without an exponent where that is short."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact in 53 bits


def _network(node: Network) -> str:
    told = [f"in {node.window}"] + ([f"up to {node.hops}"] if node.hops else [])
    told += [f"keeping {number(node.low)} to {number(node.high)}"]
    told += [f"from {number(node.least)}"] if node.least else []
    return f"{node.shape}({' '.join(told)})"


def _aggregate(node: Aggregate) -> str:
    told = [node.of] if node.of else []
    told += [f"percent {number(node.percent)}"] if node.percent else []
    told += [f"where {text_of(node.where)}"] if node.where is not None else []
    told += [f"by {node.by}"] if node.by else []
    told += [f"among {node.among}"] if node.among else []
    told += [f"in {node.window}"] if node.window else []
    told += ["before this"] if node.exclude_current else []
    told += ["after this"] if node.ahead else []
    return f"{node.function}({' '.join(told)})"
