"""The condition tree: frozen nodes. It has no loops and no functions of one's own, so it always ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldRef:
    """A field of the row."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A number or a text."""

    value: float | str


@dataclass(frozen=True)
class Parameter:
    """A named number or list that an administrator may tune."""

    name: str


@dataclass(frozen=True)
class Aggregate:
    """`function` of field `of` over the subject's rows in the `window` up to and with this row, where `where` holds."""

    function: str
    of: str
    window: str
    where: "Condition | None" = None


@dataclass(frozen=True)
class Arithmetic:
    """`left op right`; a division by zero has no value."""

    op: str
    left: "Operand"
    right: "Operand"


Operand = FieldRef | Constant | Parameter | Aggregate | Arithmetic


@dataclass(frozen=True)
class Compare:
    """`left op right`, op one of < <= > >= == !=."""

    left: Operand
    op: str
    right: Operand


@dataclass(frozen=True)
class InList:
    """The field's value is in the list that the parameter names."""

    field: FieldRef
    parameter: Parameter


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Compare | InList | All | Any | Not


def leaves(condition: Condition) -> list[Compare | InList]:
    """The comparisons of a tree, in reading order: these are what a finding explains."""
    if isinstance(condition, All | Any):
        return [leaf for part in condition.parts for leaf in leaves(part)]
    return leaves(condition.part) if isinstance(condition, Not) else [condition]


def text_of(node: Condition | Operand) -> str:
    """The tree as people read it; the canonical text form."""
    match node:
        case FieldRef(name):
            return name
        case Constant(value):
            return f'"{value}"' if isinstance(value, str) else f"{value:g}"
        case Parameter(name):
            return f"${name}"
        case Aggregate(function, of, window, where):
            told = f" where {text_of(where)}" if where else ""
            return f"{function}({of} in {window}{told})"
        case Arithmetic(op, left, right):
            return f"({text_of(left)} {op} {text_of(right)})"
        case Compare(left, op, right):
            return f"{text_of(left)} {op} {text_of(right)}"
        case InList(field, parameter):
            return f"{text_of(field)} in {text_of(parameter)}"
        case All(parts):
            return "(" + " and ".join(map(text_of, parts)) + ")"
        case Any(parts):
            return "(" + " or ".join(map(text_of, parts)) + ")"
        case Not(part):
            return f"not {text_of(part)}"
