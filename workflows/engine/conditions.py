"""The language of `when` and `for_each`: the words of the monitoring rules' text form, over a run's values. Pure.

condition := part (("and" | "or") part)*     one word throughout; parentheses mix them
part      := "not" part | "(" condition ")" | operand [test]
test      := op operand | between operand and operand | in [operand, …] | contains operand | is missing
operand   := number | "text" | true | false | path
path      := inputs.name | item[.name] | step("Name").name

A condition always ends: it has no loops, no calls and no more than MOST_TOKENS tokens. A missing value makes every test
but `is missing` false.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_TOKENS = 200
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign><=|>=|==|!=|[<>()\[\],.]))""",
    re.VERBOSE,
)
_OPS = ("==", "!=", "<=", ">=", "<", ">")
_ROOTS = ("inputs", "item", "step")
_WORDS = {"true": True, "false": False}


class ConditionInvalid(ValueError):
    """The text is no condition. `suggestion` says what would be right there."""

    def __init__(self, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.suggestion = suggestion


@dataclass(frozen=True)
class Path:
    """Where a value stands: an input, the item of a `for_each`, or what an earlier step put out."""

    root: str
    step: str
    names: tuple[str, ...]

    def value(self, values: Mapping[str, Any]) -> Any:
        """The value, or None where there is none."""
        found: Any = values.get("steps", {}).get(self.step) if self.root == "step" else values.get(self.root)
        for name in self.names:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found


@dataclass(frozen=True)
class Node:
    """One part of a condition: `kind` says what of `parts` is compared or joined."""

    kind: str
    parts: tuple[Any, ...]


def parse_condition(text: str) -> Node:
    """The condition in `text`. Raises ConditionInvalid."""
    parser = _Parser(text)
    found = parser.condition()
    parser.end()
    return found


def parse_path(text: str) -> Path:
    """The path in `text`, as `for_each` wants one. Raises ConditionInvalid."""
    parser = _Parser(text)
    found = parser.operand()
    parser.end()
    if not isinstance(found, Path):
        raise ConditionInvalid(f"`{text}` is no path to a list", 'inputs.name or step("Name").name')
    return found


def holds(node: Node, values: Mapping[str, Any]) -> bool:
    """Whether the condition holds over `inputs`, `item` and `steps` (outputs by step name)."""
    if node.kind in {"and", "or"}:
        return (all if node.kind == "and" else any)(holds(part, values) for part in node.parts)
    if node.kind == "not":
        return not holds(node.parts[0], values)
    first, *others = (part.value(values) if isinstance(part, Path) else part for part in node.parts)
    if node.kind == "missing":
        return first is None
    if node.kind == "true":
        return first is True
    return first is not None and None not in others and _tested(node.kind, first, others)


def paths_in(node: Node) -> Iterator[Path]:
    """Every path that the condition reads."""
    for part in node.parts:
        if isinstance(part, Path):
            yield part
        elif isinstance(part, Node):
            yield from paths_in(part)


def _tested(kind: str, first: Any, others: list[Any]) -> bool:
    if kind == "in":
        return first in others
    if kind == "contains":
        return isinstance(first, str | list) and others[0] in first
    try:
        if kind == "between":
            return bool(others[0] <= first <= others[1])
        return bool(_COMPARE[kind](first, others[0]))
    except TypeError:
        return False


_COMPARE = {
    "==": lambda one, other: one == other, "!=": lambda one, other: one != other, "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other, ">": lambda one, other: one > other, ">=": lambda one, other: one >= other,
}  # fmt: skip


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None or len(self.tokens) >= MOST_TOKENS:
                raise ConditionInvalid(
                    f"`{text[at:].split(maxsplit=1)[0][:40]}` cannot be read", "a path, a number or a text in quotes"
                )
            self.tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
            at = match.end()

    def peek(self) -> str:
        return self.tokens[0][1] if self.tokens else ""

    def take(self, *wanted: str) -> tuple[str, str]:
        if not self.tokens:
            raise ConditionInvalid("the condition ends too early", " or ".join(wanted) or "a value")
        kind, text = self.tokens[0]
        if wanted and text not in wanted:
            raise ConditionInvalid(f"`{text}` does not belong here", " or ".join(f"`{word}`" for word in wanted))
        self.tokens.pop(0)
        return kind, text

    def end(self) -> None:
        if self.tokens:
            raise ConditionInvalid(f"`{self.peek()}` does not belong here", "`and`, `or` or the end")

    def condition(self) -> Node:
        parts, word = [self.part()], ""
        while self.peek() in {"and", "or"}:
            joined = self.take()[1]
            if word and joined != word:
                raise ConditionInvalid("`and` and `or` stand side by side", "parentheses around one of them")
            word = joined
            parts.append(self.part())
        return parts[0] if not word else Node(word, tuple(parts))

    def part(self) -> Node:
        if self.peek() == "not":
            self.take()
            return Node("not", (self.part(),))
        if self.peek() == "(":
            self.take()
            inside = self.condition()
            self.take(")")
            return inside
        return self.test(self.operand())

    def test(self, first: Any) -> Node:
        word = self.peek()
        if word in _OPS:
            return Node(self.take()[1], (first, self.operand()))
        if word == "between":
            self.take()
            low = self.operand()
            self.take("and")
            return Node("between", (first, low, self.operand()))
        if word == "in":
            self.take()
            return Node("in", (first, *self.listed()))
        if word == "contains":
            self.take()
            return Node("contains", (first, self.operand()))
        if word == "is":
            self.take()
            self.take("missing")
            return Node("missing", (first,))
        return Node("true", (first,))

    def listed(self) -> Iterator[Any]:
        self.take("[")
        yield self.operand()
        while self.peek() == ",":
            self.take()
            yield self.operand()
        self.take("]")

    def operand(self) -> Any:
        kind, text = self.take()
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        if kind == "number":
            return float(text) if "." in text else int(text)
        if text in _WORDS:
            return _WORDS[text]
        if text not in _ROOTS:
            raise ConditionInvalid(f"`{text}` is no value", 'inputs.name, item.name or step("Name").name')
        return self.path(text)

    def path(self, root: str) -> Path:
        step = ""
        if root == "step":
            self.take("(")
            kind, name = self.take()
            if kind != "text":
                raise ConditionInvalid(f"`{name}` is no step", 'step("Name")')
            step = re.sub(r"\\(.)", r"\1", name[1:-1])
            self.take(")")
        names = []
        while self.peek() == ".":
            self.take()
            names.append(self.take()[1])
        if root != "item" and not names:
            example = "inputs.name" if root == "inputs" else f'step("{step}").name'
            raise ConditionInvalid(f"`{root}` needs the name of a value", example)
        return Path(root, step, tuple(names))
