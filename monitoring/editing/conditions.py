"""Which tests a condition can make of which type, and a condition made into another test."""

from typing import Any as AnyValue

from core.words import said
from monitoring.domains.base import NUMERIC, Kind
from monitoring.rules.lists import LIST_KEY

JOINS = (("all", said("all hold")), ("any", said("at least one holds")), ("not", said("this does not hold")))
_EQUAL = (("==", said("is")), ("!=", said("is not")))
_ORDERED = ((">=", said("at least")), (">", said("above")), ("<=", said("at most")), ("<", said("below")), *_EQUAL)
_MISSING = (("is_missing", said("is missing")),)
_LISTED = (
    ("in_list", said("is one of")),
    ("contains", said("contains")),
    ("starts_with", said("starts with")),
    ("ends_with", said("ends with")),
)
COMPARISONS = tuple(op for op, _ in _ORDERED)


def tests_for(kind: Kind | None) -> tuple[tuple[str, str], ...]:
    """The tests (word in the rule, word on the page) of an operand of this type."""
    if kind == Kind.TEXT:
        return (*_EQUAL, *_LISTED, *_MISSING)
    if kind in NUMERIC:
        return (*_ORDERED, ("between", said("between")), *_MISSING)
    return (
        (*_ORDERED, *_MISSING) if kind == Kind.TIME else (*_ORDERED, ("between", said("between")), *_LISTED, *_MISSING)
    )


def fresh_condition(domain_fields: AnyValue) -> AnyValue:
    """A condition to begin with: the domain's first numeric field compared with a number."""
    name = next(name for name, field in domain_fields.items() if field.kind in NUMERIC)
    return {"compare": [name, ">=", 1000]}


def reformed(data: AnyValue, test: str, kind: Kind | None) -> AnyValue:
    """The condition with another test of the same first operand; what it is tested by stays where it can."""
    ((key, inside),) = data.items()
    left, *rest = inside if isinstance(inside, list) else [inside]
    others = [item for item in rest if not (key == "compare" and item in COMPARISONS)]
    if test == "is_missing":
        return {"is_missing": left}
    if test in COMPARISONS:
        fits = others[0] if others and not _is_list(others[0]) else None
        return {"compare": [left, test, fits if fits is not None else _default(kind)]}
    if test == "between":
        low = others[0] if others and not _is_list(others[0]) else 0
        return {"between": [left, low, others[1] if len(others) > 1 else 1000]}
    members = others[0] if others else [""]
    if isinstance(members, dict):
        members = members if LIST_KEY in members else [str(members.get("text", ""))]
    return {
        test: [left, members if isinstance(members, list | dict) or str(members).startswith("$") else [str(members)]]
    }


def _is_list(data: AnyValue) -> bool:
    return isinstance(data, list) or (isinstance(data, dict) and LIST_KEY in data)


def _default(kind: Kind | None) -> AnyValue:
    return {"text": ""} if kind == Kind.TEXT else {"date": "2026-01-01"} if kind == Kind.TIME else 0
