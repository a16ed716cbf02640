"""Reading conditions: JSON or YAML to the tree, with a fault for whatever is not one."""

from collections.abc import Mapping
from typing import Any as AnyValue

from core.words import said
from monitoring.domains.base import NUMERIC, Kind
from monitoring.rules.faults import suggestion_for
from monitoring.rules.lists import LIST_KEY, plain_list
from monitoring.rules.operands import OperandReader
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Between,
    Compare,
    Condition,
    FieldRef,
    HasHit,
    InList,
    Listed,
    ListOperand,
    Members,
    Missing,
    Network,
    Not,
    Operand,
    Parameter,
    TextTest,
    walk,
)

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
TEXT_TESTS = ("contains", "starts_with", "ends_with")
_FORMS = ("all", "any", "not", "compare", "between", "in_list", *TEXT_TESTS, "is_missing", "has_hit")
_DEEPEST = 8
_BROKEN = All(())


class ConditionReader(OperandReader):
    """Reads a whole rule of one scenario."""

    def condition(self, data: AnyValue, path: str, depth: int) -> Condition:  # noqa: C901, PLR0911 - one case a form
        """The condition in `data`; a stand-in with a fault where it is none."""
        if not isinstance(data, Mapping) or len(data) != 1:
            self.fault(path, "not_a_condition", "a condition has exactly one key", ", ".join(_FORMS))
            return _BROKEN
        ((key, value),) = data.items()
        where = f"{path}/{key}"
        if depth > _DEEPEST:
            self.fault(
                where, "too_deep", said("conditions nest at most {deepest} deep", deepest=_DEEPEST), "split the rule"
            )
            return _BROKEN
        match key, value:
            case (("all" | "any"), [_, *_]):
                parts = tuple(self.condition(item, f"{where}/{index}", depth + 1) for index, item in enumerate(value))
                return All(parts) if key == "all" else Any(parts)
            case "not", _:
                return Not(self.condition(value, where, depth + 1))
            case "compare", [left, str(op), right]:
                return self._compare(left, op, right, where, depth)
            case "between", [_, _, _]:
                return self._between(value, where, depth)
            case "in_list", [operand, members]:
                return self._in_list(operand, members, where, depth)
            case (("contains" | "starts_with" | "ends_with"), [operand, members]):
                return self._text_test(str(key), operand, members, where, depth)
            case "is_missing", _:
                return Missing(self.operand(value, where, depth)[0])
            case "has_hit", {"topic": str(topic), **rest}:
                return self._has_hit(topic, rest, where, depth)
        known = key in _FORMS
        told = f"`{key}` is not in its form" if known else f"`{key}` is no condition"
        forms = {
            "compare": "[a, op, b]",
            "between": "[a, low, high]",
            "in_list": "[field, list]",
            "has_hit": "{topic: sanction, score: 0.9}",
        } | dict.fromkeys(TEXT_TESTS, "[field, text or list]")
        hint = forms.get(str(key), "a list of conditions") if known else suggestion_for(str(key), _FORMS)
        self.fault(where, "bad_form" if known else "unknown_condition", told, hint)
        return _BROKEN

    def _compare(self, left: AnyValue, op: str, right: AnyValue, path: str, depth: int) -> Condition:
        first, kind = self.operand(left, f"{path}/0", depth)
        second, other = self.operand(right, f"{path}/2", depth)
        if op not in COMPARISONS:
            self.fault(
                f"{path}/1", "unknown_comparison", said("`{op}` is no comparison", op=op), ", ".join(COMPARISONS)
            )
        self._alike(path, kind, other)
        if kind == other == Kind.TEXT and op not in {"==", "!="}:
            self.fault(
                f"{path}/1", "text_has_no_order", said("`{op}` compares sizes, a text has none", op=op), "== or !="
            )
        self._varies(path, first, second)
        return Compare(first, op, second)

    def _between(self, value: list[AnyValue], path: str, depth: int) -> Condition:
        typed = [self.operand(item, f"{path}/{index}", depth) for index, item in enumerate(value)]
        for index, (_, kind) in enumerate(typed):
            if kind is not None and kind not in NUMERIC:
                self.fault(f"{path}/{index}", "not_numeric", said("`between` takes numbers, not {kind}", kind=kind))
        operand, low, high = (part for part, _ in typed)
        self._varies(path, operand, low, high)
        return Between(operand, low, high)

    def _in_list(self, operand: AnyValue, members: AnyValue, path: str, depth: int) -> Condition:
        first, kind = self.operand(operand, f"{path}/0", depth)
        if kind not in {Kind.TEXT, None}:
            self.fault(
                f"{path}/0", "not_a_text", said("looks for {kind} in a list of texts", kind=kind), "a field with text"
            )
        told = ("is no list", "[a, b], {list: name} or a parameter that is a list")
        return InList(first, self._members(members, {Kind.LIST, None}, told, f"{path}/1", depth))

    def _text_test(self, test: str, operand: AnyValue, members: AnyValue, path: str, depth: int) -> Condition:
        first, kind = self.operand(operand, f"{path}/0", depth)
        if kind not in {Kind.TEXT, None}:
            self.fault(f"{path}/0", "not_a_text", said("looks for a text in {kind}", kind=kind), "a field with text")
        if isinstance(members, Mapping) and set(members) == {"text"}:
            members = [members["text"]]
        told = ("is neither a text nor a list", "{text: …}, [a, b], {list: name} or a parameter")
        return TextTest(test, first, self._members(members, {Kind.LIST, Kind.TEXT, None}, told, f"{path}/1", depth))

    def _members(
        self, data: AnyValue, kinds: set[Kind | None], told: tuple[str, str], path: str, depth: int
    ) -> ListOperand:
        if isinstance(data, list) and data and all(isinstance(item, str) for item in data):
            return Members(tuple(data))
        if isinstance(data, Mapping) and set(data) == {LIST_KEY}:
            name = str(data[LIST_KEY])
            if name in self.lists:
                return Listed(self.lists[name])
            self.fault(
                path,
                "unknown_list",
                said("`{name}` is not a list in force", name=name),
                suggestion_for(name, self.lists).replace("`", f"`{LIST_KEY} ", 1),
            )
            return Listed(plain_list(name, []))
        listed, kind = self.operand(data, path, depth)
        if isinstance(listed, Parameter) and kind in kinds:
            return listed
        self.fault(path, "not_a_list", *told)
        return Members(())

    def _has_hit(self, topic: str, rest: Mapping[AnyValue, AnyValue], path: str, depth: int) -> Condition:
        if self.domain.hits is None:
            self.fault(path, "no_hits", "there is no screening of counterparties here", "not in this domain")
        for key in rest:
            if key != "score":
                self.fault(f"{path}/{key}", "unknown_key", said("`{key}` is no part of it", key=key), "topic or score")
        score, kind = self.operand(rest.get("score", 0), f"{path}/score", depth)
        if kind is not None and kind not in NUMERIC:
            self.fault(
                f"{path}/score", "not_numeric", said("a score is a number, not {kind}", kind=kind), "such as 0.9"
            )
        return HasHit(topic, score)

    def _alike(self, path: str, kind: Kind | None, other: Kind | None) -> None:
        if kind is None or other is None or kind == other != Kind.LIST or {kind, other} <= NUMERIC:
            return
        self.fault(
            path, "types_differ", said("compares {kind} with {other}", kind=kind, other=other), "two sides of one type"
        )

    def _varies(self, path: str, *operands: Operand) -> None:
        """A comparison without a field or an aggregate has the same answer for every row."""
        if not self.faults and not any(
            isinstance(node, FieldRef | Aggregate | Network) for o in operands for node in walk(o)
        ):
            self.fault(path, "always_the_same", "is the same for every row", "compare a field or an aggregate")
