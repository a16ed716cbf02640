"""The tree as blocks of a page: groups of conditions, conditions, operands, each with its inputs and its faults.

An input's name is a letter and the place it is about (`o:/rule/all/0/compare/0`): `o` an operand as text, `t` a plain
text, `l` a list, `c` which test a condition makes, `g` how a group joins, `v` a part of an aggregate, `n` a number of
one, `s` which rows beside the row itself, `f` which function.
"""

from dataclasses import dataclass, field

from monitoring.rules.faults import RuleFault
from monitoring.rules.tree import Operand as OperandNode


@dataclass
class Input:
    """One input. `options` are the words to choose from; `search` names the choices that typing searches; `slider` is
    what a page draws beneath it."""

    name: str
    value: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    search: str = ""
    path: str = ""
    faults: list[RuleFault] = field(default_factory=list)
    slider: object = None
    template: str = "monitoring/editor/_input.html"

    @property
    def key(self) -> str:
        """An id for the page."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.name)


@dataclass
class Operand:
    """An operand: the input that names it and, of an aggregate, the parts it is made of.

    Of a number `against` is what it is compared with, and `slides` the text of that with parameters' values: a slider
    may set it.
    """

    input: Input
    caption: str = ""
    parts: list["Input | Operand"] = field(default_factory=list)
    where: "Group | Leaf | None" = None
    may_narrow: bool = False
    against: OperandNode | None = None
    slides: str = ""
    template: str = "monitoring/editor/_operand.html"

    @property
    def path(self) -> str:
        """The place of the operand in the scenario."""
        return self.input.path


@dataclass
class Leaf:
    """A condition without conditions inside: what is looked at, the test, what it is tested by."""

    path: str
    operands: list[Operand | Input]
    test: Input | None
    caption: str = ""
    faults: list[RuleFault] = field(default_factory=list)
    template: str = "monitoring/editor/_leaf.html"

    @property
    def first(self) -> list[Operand | Input]:
        """What the test looks at."""
        return self.operands[:1]

    @property
    def others(self) -> list[Operand | Input]:
        """What it is tested by."""
        return self.operands[1:]


@dataclass
class Group:
    """Conditions that hold all, or one of which holds, or (`not`) the one that does not."""

    path: str
    join: Input
    parts: list["Group | Leaf"]
    faults: list[RuleFault] = field(default_factory=list)
    is_root: bool = False
    template: str = "monitoring/editor/_group.html"


Block = Group | Leaf | Operand | Input
