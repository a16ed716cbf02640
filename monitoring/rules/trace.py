"""The explanation of a firing: every node of the rule with its real value, and the sentence made of them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from string import Formatter
from typing import TYPE_CHECKING, TypedDict
from typing import Any as AnyValue

from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.literals import data_of
from monitoring.rules.tree import (
    Aggregate,
    Condition,
    Constant,
    InList,
    Listed,
    Measure,
    Not,
    Operand,
    Parameter,
    TextTest,
    conditions_of,
    operands_of,
)
from monitoring.rules.words import text_of

if TYPE_CHECKING:
    import polars as pl

    from monitoring.rules.compiler import Compiler


class TracedNode(TypedDict):
    """A condition of the rule. `holds` is None where a value was missing; `values` are its operands' texts and values."""

    path: str
    depth: int
    kind: str
    text: str
    holds: bool | None
    values: list[tuple[str, float | str | None]]


Trace = list[TracedNode]
Tracer = Callable[[Mapping[str, AnyValue]], Trace]


def kind_of(condition: Condition) -> str:
    """The word that the condition has in JSON."""
    return str(next(iter(data_of(condition))))


def nodes_of(condition: Condition, path: str = "/rule", depth: int = 0) -> Iterator[tuple[str, int, Condition]]:
    """Every condition of the tree with its path and depth, parents first."""
    yield path, depth, condition
    inside = f"{path}/{kind_of(condition)}"
    for index, part in enumerate(conditions_of(condition)):
        yield from nodes_of(part, inside if isinstance(condition, Not) else f"{inside}/{index}", depth + 1)


def shown_operands(condition: Condition) -> list[Operand]:
    """The operands of a comparison and what they are computed from, each once; literal numbers explain themselves."""
    found: dict[Operand, None] = {}

    def add(operand: Operand) -> None:
        if not isinstance(operand, Constant):
            found[operand] = None
        inside = operand.operand if isinstance(operand, Measure) else operand  # a measure stands for its definition
        for inner in () if isinstance(inside, Aggregate) else operands_of(inside):
            add(inner)

    for operand in operands_of(condition):
        add(operand)
    return list(found)


def traced(rule: Rule, compiler: "Compiler") -> list["pl.Expr"]:
    """The columns that the trace is made of: measures by name, each condition's value, each operand's value."""
    made = [compiler.operand(bound(item.operand, rule.parameters)).alias(item.name) for item in rule.measures]
    for number, (_, _, node) in enumerate(nodes_of(rule.condition)):
        made.append(compiler.condition(bound(node, rule.parameters)).alias(f"_holds_{number}"))
        for place, operand in enumerate(shown_operands(node)):
            made.append(compiler.operand(bound(operand, rule.parameters)).alias(f"_value_{number}_{place}"))
    return made


def tracer_of(rule: Rule) -> Tracer:
    """What makes the trace of an explained row. The texts, which are the rule's, are put together once, not for every row."""
    nodes = [
        (path, depth, kind_of(node), text_of(node), node, [text_of(item) for item in shown_operands(node)])
        for path, depth, node in nodes_of(rule.condition)
    ]

    def trace_of(row: Mapping[str, AnyValue]) -> Trace:
        return [
            TracedNode(
                path=path, depth=depth, kind=kind, text=text, holds=row[f"_holds_{number}"],
                values=[(told, _plain(row[f"_value_{number}_{place}"])) for place, told in enumerate(operands)]
                + _listed(node, rule, row),
            )
            for number, (path, depth, kind, text, node, operands) in enumerate(nodes)
        ]  # fmt: skip

    return trace_of


def _plain(value: AnyValue) -> float | str | None:
    """A value as JSON has it."""
    return value.isoformat() if isinstance(value, datetime) else value


def _listed(node: Condition, rule: Rule, row: Mapping[str, AnyValue]) -> list[tuple[str, float | str | None]]:
    """What the node looks into: of a named list which version was in force at the row's moment."""
    if isinstance(node, InList | TextTest) and isinstance(node.members, Listed):
        return [(text_of(node.members), f"version {node.members.of.at(row[rule.domain.time]).number}")]
    if not isinstance(node, InList | TextTest) or not isinstance(node.members, Parameter):
        return []
    value = rule.parameters[node.members.name]
    return [(text_of(node.members), value if isinstance(value, str) else ", ".join(value))]


class _Sentence(Formatter):
    """Fills a template; a value that is missing is called unknown instead of breaking its number format."""

    def format_field(self, value: AnyValue, format_spec: str) -> str:
        return "unknown" if value is None else str(super().format_field(value, format_spec))


def sentence_of(template: str, values: Mapping[str, AnyValue]) -> str:
    """The sentence with real values."""
    return _Sentence().vformat(template, (), values)
