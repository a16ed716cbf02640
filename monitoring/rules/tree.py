"""The condition tree: frozen nodes. It has no loops and no functions of one's own, so it always ends."""

from collections.abc import Iterator
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
    """A named number, text or list that an administrator may tune."""

    name: str


@dataclass(frozen=True)
class Members:
    """The values of a list."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """An operand with a name of its own, which the rule and the sentence use."""

    name: str
    operand: "Operand"


@dataclass(frozen=True)
class Aggregate:
    """`function` of field `of` over the subject's rows, where `where` holds.

    `window` ends at the row and holds what is at most so old (`7d`); `by` narrows to rows with the row's own value of
    that field; `exclude_current` leaves out the row and everything at its very moment.
    """

    function: str
    of: str = ""
    window: str = ""
    where: "Condition | None" = None
    by: str = ""
    exclude_current: bool = False


@dataclass(frozen=True)
class Arithmetic:
    """`left op right`; a division by zero has no value."""

    op: str
    left: "Operand"
    right: "Operand"


Operand = FieldRef | Constant | Parameter | Measure | Aggregate | Arithmetic


@dataclass(frozen=True)
class Compare:
    """`left op right`, op one of < <= > >= == !=."""

    left: Operand
    op: str
    right: Operand


@dataclass(frozen=True)
class Between:
    """`low <= operand <= high`."""

    operand: Operand
    low: Operand
    high: Operand


@dataclass(frozen=True)
class InList:
    """The operand's value is in the list."""

    operand: Operand
    members: Parameter | Members


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


Leaf = Compare | Between | InList
Condition = Leaf | All | Any | Not
Node = Condition | Operand


def operands_of(node: Node) -> tuple[Operand, ...]:
    """The operands directly inside a node."""
    match node:
        case Compare(left, _, right) | Arithmetic(_, left, right):
            return (left, right)
        case Between(operand, low, high):
            return (operand, low, high)
        case InList(operand) | Measure(_, operand):
            return (operand,)
    return ()


def conditions_of(node: Node) -> tuple[Condition, ...]:
    """The conditions directly inside a node."""
    match node:
        case All(parts) | Any(parts):
            return parts
        case Not(part):
            return (part,)
        case Aggregate(where=where) if where is not None:
            return (where,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it, parents first."""
    yield node
    for part in (*conditions_of(node), *operands_of(node)):
        yield from walk(part)
