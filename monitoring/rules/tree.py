"""The condition tree: frozen nodes. It has no loops and no functions of one's own, so it always ends."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

from monitoring.rules.lists import NamedList


@dataclass(frozen=True)
class FieldRef:
    """A field of the row."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A number or a text."""

    value: float | str


@dataclass(frozen=True)
class Moment:
    """A date or time, ISO 8601; without a zone it is UTC."""

    text: str


@dataclass(frozen=True)
class Parameter:
    """A named number, text or list that an administrator may tune."""

    name: str


@dataclass(frozen=True)
class Members:
    """The values of a list."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """The values of a named list, as it was at the row's moment."""

    of: NamedList


@dataclass(frozen=True)
class Measure:
    """An operand with a name of its own, which the rule and the sentence use."""

    name: str
    operand: "Operand"


@dataclass(frozen=True)
class Aggregate:
    """`function` of field `of` over rows where `where` holds: the subject's, or with `among` everybody's rows that have
    the row's own value of that field.

    `window` ends at the row and holds what is at most so old (`7d`); without one it is all that is kept. With `ahead` it
    begins after the row instead. `by` narrows to rows with the row's own value of that field; `exclude_current` leaves
    out the row and everything at its very moment. `percent` is what `percentile` asks for.
    """

    function: str
    of: str = ""
    window: str = ""
    where: "Condition | None" = None
    by: str = ""
    exclude_current: bool = False
    among: str = ""
    ahead: bool = False
    percent: float = 0.0

    def __hash__(self) -> int:
        return self._hashed

    @cached_property
    def _hashed(self) -> int:
        """Kept: a tree is looked up in dictionaries far more often than it is made."""
        return hash(tuple(getattr(self, item.name) for item in fields(self)))

    def __getstate__(self) -> dict[str, object]:
        """Without the hash, which another process reckons otherwise."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


@dataclass(frozen=True)
class Network:
    """A measure of who pays whom, at the row: `cycle`, `chain` (both at most `hops` long) or `scatter_gather`.

    Of payments of at least `least`, where the next has `low` to `high` times the amount of the one it follows.
    """

    shape: str
    window: str
    hops: int = 0
    low: float = 0.5
    high: float = 1.25
    least: float = 0.0


@dataclass(frozen=True)
class Arithmetic:
    """`left op right`; a division by zero has no value."""

    op: str
    left: "Operand"
    right: "Operand"


@dataclass(frozen=True)
class Function:
    """A function of the row's own values, such as `hour(booked_at)`."""

    name: str
    arguments: tuple["Operand", ...]


Operand = FieldRef | Constant | Moment | Parameter | Measure | Aggregate | Network | Arithmetic | Function


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
    members: "ListOperand"


@dataclass(frozen=True)
class TextTest:
    """The text `contains`, `starts_with` or `ends_with` one of the texts, whatever their case."""

    test: str
    operand: Operand
    members: "ListOperand"


@dataclass(frozen=True)
class Missing:
    """The row has no value there. Never unknown itself."""

    operand: Operand


@dataclass(frozen=True)
class HasHit:
    """The counterparty has a screening hit on a list of this topic, of at least this score."""

    topic: str
    score: Operand


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


ListOperand = Parameter | Members | Listed
Leaf = Compare | Between | InList | TextTest | Missing | HasHit
Condition = Leaf | All | Any | Not
Node = Condition | Operand


def operands_of(node: Node) -> tuple[Operand, ...]:
    """The operands directly inside a node."""
    match node:
        case Compare(left, _, right) | Arithmetic(_, left, right):
            return (left, right)
        case Between(operand, low, high):
            return (operand, low, high)
        case InList(operand) | TextTest(_, operand) | Missing(operand) | Measure(_, operand) | HasHit(_, operand):
            return (operand,)
        case Function(_, arguments):
            return arguments
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
