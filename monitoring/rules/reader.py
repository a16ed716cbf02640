"""The text form read back to JSON: a recursive-descent parser of what `words` prints (and a little more freely).

condition := part (("and" | "or") part)*            one word throughout; parentheses mix them
part      := "not" part | "(" condition ")" | all(condition) | any(condition) | has_hit("topic", score) | operand test
members   := [value, …] | list name | $parameter | "text"
test      := op operand | between operand and operand | in members | contains members | starts with members
             | ends with members | is missing
operand   := number | "text" | date "…" | $parameter | field | (operand op operand) | name(…)
"""

import json
import re
from collections.abc import Callable
from typing import Any as AnyValue

from core.words import said
from monitoring.rules.faults import RuleFault, RuleInvalid
from monitoring.rules.functions import AGGREGATES, ALL_NAMES, ARITHMETIC, NETWORKS
from monitoring.rules.lists import LIST_KEY

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<window>\d+[mhd]\b)|(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
    |(?P<name>\$?[^\W\d]\w*)|(?P<sign><=|>=|==|!=|[-+*/%<>()\[\],]))""",
    re.VERBOSE,
)
_OPS = ("<", "<=", ">", ">=", "==", "!=")
_TESTS = ("between", "in", "contains", "starts", "ends", "is")
_SIGNS = frozenset({"+", "-", "*", "/", "%"})
_OF_CONDITIONS = frozenset({*_OPS, *_TESTS, "and", "or", "not", "has_hit"})
_AFTER_OPERAND = frozenset({*_OPS, *_TESTS, *_SIGNS})
_DEEPEST = 60
_LONGEST = 20_000


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.place, self.depth = text[:_LONGEST], 0, 0
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while self.text[at:].strip():
            match = _TOKEN.match(self.text, at)
            if match is None:
                word = self.text[at:].split()[0]
                raise _wrong(self.text.index(word, at), f"has `{word}`", "a name, a number, a text in quotes or a sign")
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind], match.start(kind)))
            at = match.end()

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.place + ahead][1] if self.place + ahead < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        if self.place >= len(self.tokens):
            raise _wrong(len(self.text), "ends too early", " or ".join(wanted) or "an operand")
        _, text, at = self.tokens[self.place]
        if wanted and text not in wanted:
            raise _wrong(at, f"has `{text}`", f"`{'` or `'.join(wanted)}`")
        self.place += 1
        return text

    def nested(self, read: Callable[[], AnyValue]) -> AnyValue:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _wrong(0, "nests too deeply", "split the rule")
        try:
            return read()
        finally:
            self.depth -= 1

    def condition(self) -> AnyValue:
        parts = [self.nested(self.part)]
        word = self.peek()
        while word in {"and", "or"} and self.peek() == word:
            self.take(word)
            parts.append(self.nested(self.part))
        if word in {"and", "or"} and self.peek() in {"and", "or"}:
            raise _wrong(self.tokens[self.place][2], "mixes `and` with `or`", "put one of them in parentheses")
        return parts[0] if len(parts) == 1 else {"all" if word == "and" else "any": parts}

    def part(self) -> AnyValue:
        if self.peek() == "not":
            self.take()
            return {"not": self.nested(self.part)}
        if self.peek() == "has_hit":
            return self.has_hit()
        if self.peek() in {"all", "any"} and self.peek(1) == "(":
            word = self.take()
            return {word: [self.grouped()]}
        return self.grouped() if self.peek() == "(" and not self.is_operand() else self.tested()

    def grouped(self) -> AnyValue:
        self.take("(")
        inside = self.condition()
        self.take(")")
        return inside

    def is_operand(self) -> bool:
        """Whether these parentheses hold arithmetic: a sign stands in them, and no test of a condition.

        Where neither stands (parentheses in parentheses), a comparison after them tells.
        """
        opened = 0
        for at in range(self.place, len(self.tokens)):
            word = self.tokens[at][1]
            opened += {"(": 1, ")": -1}.get(word, 0)
            if opened == 0:
                return at + 1 < len(self.tokens) and self.tokens[at + 1][1] in _AFTER_OPERAND
            if opened == 1 and (word in _OF_CONDITIONS or word in _SIGNS):
                return word in _SIGNS
        return False

    def has_hit(self) -> AnyValue:
        self.take("has_hit")
        self.take("(")
        topic = self.literal()
        self.take(",")
        score = self.operand()
        self.take(")")
        return {"has_hit": {"topic": topic, "score": score}}

    def tested(self) -> AnyValue:
        left = self.operand()
        word = self.take(*_OPS, *_TESTS)
        if word in _OPS:
            return {"compare": [left, word, self.operand()]}
        if word == "between":
            low = self.operand()
            self.take("and")
            return {"between": [left, low, self.operand()]}
        if word == "is":
            self.take("missing")
            return {"is_missing": left}
        if word in {"starts", "ends"}:
            word = f"{word}_{self.take('with')}"
        return {"in_list" if word == "in" else word: [left, self.members()]}

    def members(self) -> AnyValue:
        if self.peek() == LIST_KEY and self.peek(1) and self.peek(1) not in {"and", "or", ")"}:
            self.take()
            return {LIST_KEY: self.take()}
        if self.peek() != "[":
            return {"text": self.literal()} if self.kind() == "text" else self.take()
        self.take("[")
        values = []
        while self.peek() != "]":
            values.append(self.literal() if self.kind() == "text" else self.take())
            if self.peek() != "]":
                self.take(",")
        self.take("]")
        return values

    def literal(self) -> str:
        if self.kind() != "text":
            raise _wrong(0, f"has `{self.peek()}`", 'a text in quotes, such as "cash"')
        return str(json.loads(self.take()))

    def number(self) -> float:
        if self.kind() != "number":
            raise _wrong(len(self.text), f"has `{self.peek()}`", "a number")
        return float(self.take())

    def operand(self) -> AnyValue:
        return self.nested(self._operand)

    def _operand(self) -> AnyValue:
        if self.peek() == "(":
            self.take("(")
            left = self.operand()
            op = self.take("+", "-", "*", "/", "%")
            right = self.operand()
            self.take(")")
            return {op: [left, right]}
        if self.kind() == "number":
            return self.number()
        if self.kind() == "text":
            return {"text": self.literal()}
        if self.peek() == "date" and self.place + 1 < len(self.tokens) and self.tokens[self.place + 1][0] == "text":
            self.take()
            return {"date": self.literal()}
        if not self.kind():
            raise _wrong(len(self.text), "ends too early", "an operand")
        if self.kind() != "name":
            raise _wrong(self.tokens[self.place][2], f"has `{self.peek()}`", "a field")
        name = self.take()
        return self.called(name) if self.peek() == "(" else name

    def called(self, name: str) -> AnyValue:
        self.take("(")
        if name in AGGREGATES or name in NETWORKS:
            told: AnyValue = self.options(name)
        elif name in ALL_NAMES or name in ARITHMETIC:
            told = [self.operand()]
            while self.peek() == ",":
                self.take()
                told.append(self.operand())
        else:
            raise _wrong(self.tokens[self.place - 2][2], f"has `{name}(`", f"one of {', '.join(AGGREGATES)}")
        self.take(")")
        return {name: told}

    def options(self, name: str) -> AnyValue:  # noqa: C901 - one case a word
        told: dict[str, AnyValue] = {}
        while self.peek() != ")":
            word = self.take()
            if word == "where":
                told["where"] = self.condition()
            elif word in {"by", "among"}:
                told[word] = self.take()
            elif word == "in":
                told["window"] = self.take()
            elif word == "percent":
                told["percent"] = self.number()
            elif word in {"before", "after"}:
                self.take("this")
                told["exclude_current" if word == "before" else "ahead"] = True
            elif word == "up":
                self.take("to")
                told["hops"] = self.number()
            elif word == "keeping":
                told["low"] = self.number()
                self.take("to")
                told["high"] = self.number()
            elif word == "from":
                told["least"] = self.number()
            elif "of" not in told and name not in NETWORKS:
                told["of"] = word
            else:
                raise _wrong(self.tokens[self.place - 1][2], f"has `{word}`", "where, by, among, in, before this")
        return told


def _wrong(at: int, message: str, instead: str) -> RuleInvalid:
    return RuleInvalid(
        [
            RuleFault(
                f"/text/{at}",
                "not_readable",
                said("character {value} {message}", value=at + 1, message=message),
                instead,
            )
        ]
    )


def data_of_text(text: str) -> AnyValue:
    """The condition that a text means, as JSON; raises RuleInvalid that says at which character it ends to be one."""
    parser = _Parser(text)
    return _whole(parser, parser.condition(), "and, or, or the end")


def operand_of_text(text: str) -> AnyValue:
    """The operand that a text means, as JSON; raises RuleInvalid as `data_of_text` does."""
    parser = _Parser(text)
    return _whole(parser, parser.operand(), "the end")


def _whole(parser: _Parser, found: AnyValue, instead: str) -> AnyValue:
    if parser.place < len(parser.tokens):
        raise _wrong(parser.tokens[parser.place][2], f"has `{parser.peek()}`", instead)
    return found
