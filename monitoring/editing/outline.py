"""From a sheet to its blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any as AnyValue

from core.words import said
from monitoring.domains.base import Kind
from monitoring.editing.blocks import Group, Input, Leaf, Operand
from monitoring.editing.conditions import JOINS, tests_for
from monitoring.editing.sheet import Sheet
from monitoring.rules.checker import reader_with
from monitoring.rules.faults import RuleFault
from monitoring.rules.functions import AGGREGATES, ARITHMETIC, FUNCTIONS, NETWORKS, OF_NUMBERS, UNWINDOWED
from monitoring.rules.lists import LIST_KEY
from monitoring.rules.phrases import phrase_of
from monitoring.rules.tree import Constant, FieldRef, Parameter
from monitoring.rules.tree import Operand as OperandNode
from monitoring.rules.words import text_of

_SPANS = (("", said("up to this one")), ("before", said("before this one")), ("after", said("after this one")))
_LISTED = ("in_list", "contains", "starts_with", "ends_with")
_WITHOUT_FIELD = ("count", "time_since_previous", "time_since_first")
_NETWORK_PARTS = (
    ("hops", said("At most so many steps")),
    ("low", said("Passed on at least")),
    ("high", said("and at most")),
    ("least", said("Of at least")),
)


@dataclass
class Outline:
    """The blocks of a sheet; `inputs` by name, in the order of the page."""

    sheet: Sheet
    inputs: dict[str, Input] = field(default_factory=dict)
    operands: list[Operand] = field(default_factory=list)

    def __post_init__(self) -> None:
        values = self.sheet.values
        self.reader = reader_with(self.sheet.domain, values["parameters"], values["measures"], self.sheet.lists)
        self.places: dict[str, AnyValue] = {}
        self.rule = self.group("/rule", values["rule"])
        self.measures = [
            (name, self.operand(f"/measures/{name}", data, "")) for name, data in values["measures"].items()
        ]

    def tell(self, faults: list[RuleFault]) -> list[RuleFault]:
        """Puts each fault at the block it concerns, or the nearest around it; gives those that no block is near to."""
        left = []
        for fault in faults:
            place = fault.path
            while place and place not in self.places:
                place = place.rpartition("/")[0]
            if place:
                self.places[place].faults.append(fault)
            else:
                left.append(fault)
        return left

    def input(self, letter: str, path: str, value: str, label: str, **more: AnyValue) -> Input:
        name = f"{letter}:{path}"
        made = Input(name, self.sheet.unread.get(name, value), label, path=path, **more)
        self.inputs[name] = made
        self.places.setdefault(path, made)
        return made

    def condition(self, path: str, data: AnyValue) -> Group | Leaf:
        return self.group(path, data) if set(data) & {"all", "any", "not"} else self.leaf(path, data)

    def group(self, path: str, data: AnyValue) -> Group:
        ((word, inside),) = data.items()
        where = f"{path}/{word}"
        join = self.input("g", path, word, said("Of these"), options=JOINS if path != "/rule" else JOINS[:2])
        if word == "not":
            parts = [self.condition(where, inside)]
        else:
            parts = [self.condition(f"{where}/{index}", item) for index, item in enumerate(inside)]
        made = Group(path, join, parts, is_root=path == "/rule" or path.endswith("/where"))
        self.places[path] = self.places[where] = made
        return made

    def leaf(self, path: str, data: AnyValue) -> Leaf:
        ((key, inside),) = data.items()
        where = f"{path}/{key}"
        if key == "has_hit":
            topic = self.input("t", f"{where}/topic", inside["topic"], said("Screening topic"))
            made = Leaf(path, [topic, self.operand(f"{where}/score", inside["score"], "number")], None)
        elif key == "is_missing":
            made = Leaf(path, [self.operand(where, inside, "")], self._test(path, "is_missing", inside))
        else:
            made = Leaf(
                path,
                self._sides(key, inside, where),
                self._test(path, inside[1] if key == "compare" else key, inside[0]),
            )
        self.places[path] = self.places[where] = made
        return made

    def _test(self, path: str, test: str, left: AnyValue) -> Input:
        return self.input("c", path, test, said("Test"), options=tests_for(self.kind(left)))

    def _sides(self, key: str, inside: list[AnyValue], where: str) -> list[Operand | Input]:
        first = self.operand(f"{where}/0", inside[0], "")
        if key in _LISTED:
            return [first, self._list(f"{where}/1", inside[1])]
        kind = self.kind(inside[0])
        accepts = {Kind.MONEY: "number", Kind.NUMBER: "number", Kind.TIME: "time", Kind.TEXT: "text"}.get(kind, "")  # type: ignore[arg-type]
        against = self.node(inside[0])
        places = (2,) if key == "compare" else (1, 2)
        return [
            first,
            *(
                self.operand(f"{where}/{place}", inside[place], accepts, against, label=said("Compare with"))
                for place in places
            ),
        ]

    def _list(self, path: str, data: AnyValue) -> Input:
        if isinstance(data, Mapping):
            shown = f"{LIST_KEY} {data[LIST_KEY]}" if LIST_KEY in data else str(data["text"])
        else:
            shown = data if isinstance(data, str) else ", ".join(data)
        return self.input("l", path, shown, said("A named list, or values divided by commas"), search="lists")

    def operand(
        self, path: str, data: AnyValue, accepts: str, against: OperandNode | None = None, label: str = said("Look at")
    ) -> Operand | Input:
        """The block of an operand; a plain text is an input alone."""
        if isinstance(data, Mapping) and set(data) == {"text"}:
            return self.input("t", path, str(data["text"]), said("Text"), search="texts")
        node = self.node(data)
        made = Operand(self.input("o", path, text_of(node), label, search=accepts or "any"))
        self.places[path] = made.input
        plain = isinstance(node, Constant | Parameter | FieldRef)
        made.caption = "" if plain else phrase_of(node, self.sheet.domain)
        made.against = against if isinstance(node, Constant) and not isinstance(node.value, str) else None
        self.operands.append(made)
        if isinstance(data, Mapping):
            ((key, inside),) = data.items()
            self._parts(made, f"{path}/{key}", str(key), inside)
        return made

    def _parts(self, made: Operand, where: str, key: str, inside: AnyValue) -> None:
        self.places[where] = made.input
        if key in AGGREGATES:
            self._aggregate(made, where, key, inside)
        elif key in NETWORKS:
            made.parts = [
                self.input("v", f"{where}/window", inside.get("window", ""), said("Within"), search="windows")
            ]
            shown = [item for item in _NETWORK_PARTS if item[0] != "hops" or key != "scatter_gather"]
            made.parts += [
                self.input("n", f"{where}/{name}", str(inside.get(name, "")), label) for name, label in shown
            ]
        elif key in ARITHMETIC or key in FUNCTIONS:
            made.parts = [self.operand(f"{where}/{index}", item, "") for index, item in enumerate(inside)]

    def _aggregate(self, made: Operand, where: str, key: str, inside: AnyValue) -> None:
        path = made.path
        made.parts = [
            self.input(
                "f", path, key, said("Measure"), options=tuple((name, name.replace("_", " ")) for name in AGGREGATES)
            )
        ]
        if key not in _WITHOUT_FIELD:
            search = "number-fields" if key in OF_NUMBERS else "fields"
            made.parts.append(self.input("v", f"{where}/of", inside.get("of", ""), "Of", search=search))
        if key == "percentile":
            made.parts.append(self.input("n", f"{where}/percent", str(inside.get("percent", "")), said("Percent")))
        if key not in UNWINDOWED:
            made.parts.append(
                self.input("v", f"{where}/window", inside.get("window", ""), said("Within"), search="windows")
            )
        span = "before" if inside.get("exclude_current") else "after" if inside.get("ahead") else ""
        spans = _SPANS if self.sheet.domain.is_reviewed_whole else _SPANS[:2]
        made.parts.append(self.input("s", where, span, said("Rows"), options=spans))
        made.parts.append(self.input("v", f"{where}/by", inside.get("by", ""), said("With the same"), search="fields"))
        made.parts.append(
            self.input("v", f"{where}/among", inside.get("among", ""), said("Of all with the same"), search="fields")
        )
        made.may_narrow = "where" not in inside
        if "where" in inside:
            made.where = self.condition(f"{where}/where", inside["where"])

    def node(self, data: AnyValue) -> OperandNode:
        return self.reader.operand(data, "")[0]

    def kind(self, data: AnyValue) -> Kind | None:
        return self.reader.operand(data, "")[1]
