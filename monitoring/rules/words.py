"""A tree in words: the canonical text form, which people read on the scenario's page and in a finding."""

from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    Constant,
    FieldRef,
    InList,
    Measure,
    Members,
    Node,
    Not,
    Parameter,
)


def text_of(node: Node | Members) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    """The node as people read it. A measure is its name; its definition is the text of its operand."""
    match node:
        case FieldRef(name) | Measure(name):
            return name
        case Parameter(name):
            return f"${name}"
        case Constant(value):
            return f'"{value}"' if isinstance(value, str) else f"{value:g}"
        case Members(values):
            return f"[{', '.join(values)}]"
        case Aggregate():
            return _aggregate(node)
        case Arithmetic("least" | "greatest" as op, left, right):
            return f"{op}({text_of(left)}, {text_of(right)})"
        case Arithmetic(op, left, right):
            return f"({text_of(left)} {op} {text_of(right)})"
        case Compare(left, op, right):
            return f"{text_of(left)} {op} {text_of(right)}"
        case Between(operand, low, high):
            return f"{text_of(operand)} between {text_of(low)} and {text_of(high)}"
        case InList(operand, members):
            return f"{text_of(operand)} in {text_of(members)}"
        case All(parts):
            return "(" + " and ".join(map(text_of, parts)) + ")"
        case Any(parts):
            return "(" + " or ".join(map(text_of, parts)) + ")"
        case Not(part):
            return f"not {text_of(part)}"


def _aggregate(node: Aggregate) -> str:
    told = [node.of] if node.of else []
    told += [f"where {text_of(node.where)}"] if node.where is not None else []
    told += [f"by {node.by}"] if node.by else []
    told += [f"in {node.window}"] if node.window else []
    told += ["before this"] if node.exclude_current else []
    return f"{node.function}({' '.join(told)})"
