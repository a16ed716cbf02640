"""What is typed into an input, put at its place of the tree. What cannot be read is kept as it was typed."""

import re
from typing import Any as AnyValue

from monitoring.editing.conditions import COMPARISONS, JOINS, reformed, tests_for
from monitoring.editing.outline import Outline
from monitoring.editing.pointers import look, put, take
from monitoring.editing.sheet import Sheet, number_or_operand
from monitoring.rules.faults import RuleInvalid
from monitoring.rules.functions import OF_NUMBERS, UNWINDOWED
from monitoring.rules.lists import LIST_KEY

_NAMED = re.compile(rf"{LIST_KEY}\s+([^\W\d]\w*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def shown_value(value: AnyValue) -> str:
    """A parameter's value as its input shows it."""
    return ", ".join(value) if isinstance(value, list) else str(value)


def read_value(typed: str, former: AnyValue) -> AnyValue:
    """A parameter's value as it was typed: a list stays a list, a number is one, everything else is text."""
    if isinstance(former, list):
        return [part.strip() for part in typed.split(",") if part.strip()]
    plain = typed.replace(",", "")
    if _NUMBER.fullmatch(plain):
        return float(plain) if "." in plain else int(plain)
    return typed


def take_input(sheet: Sheet, name: str, typed: str) -> None:
    """One input. An operand that cannot be read stays typed, and the tree as it was."""
    sheet.unread.pop(name, None)
    letter, _, path = name.partition(":")
    try:
        _TAKES[letter](sheet, path, typed)
    except (RuleInvalid, ValueError):
        sheet.unread[name] = typed
    except (KeyError, TypeError):
        return


def _operand(sheet: Sheet, path: str, typed: str) -> None:
    put(sheet.values, path, number_or_operand(typed))


def _text(sheet: Sheet, path: str, typed: str) -> None:
    is_parameter = typed.startswith("$") and typed[1:] in sheet.values["parameters"]
    known = typed in sheet.values["measures"] or typed in sheet.domain.fields
    plain = path.endswith("/topic")
    put(sheet.values, path, typed if plain or is_parameter or known else {"text": typed.strip('"')})


def _list(sheet: Sheet, path: str, typed: str) -> None:
    named = _NAMED.fullmatch(typed)
    if named:
        put(sheet.values, path, {LIST_KEY: named[1]})
        return
    parts = [part.strip().strip('"[]') for part in typed.split(",") if part.strip()]
    put(sheet.values, path, typed if typed.startswith("$") else parts or [""])


def _test(sheet: Sheet, path: str, test: str) -> None:
    data = look(sheet.values, path)
    ((key, inside),) = data.items()
    if key == "compare" and test in COMPARISONS:
        inside[1] = test
        return
    left = inside[0] if isinstance(inside, list) else inside
    if test not in dict(tests_for(Outline(sheet).kind(left))):
        return  # nothing that the page offers
    put(sheet.values, path, reformed(data, test, Outline(sheet).kind(left)))


def _join(sheet: Sheet, path: str, word: str) -> None:
    data = look(sheet.values, path)
    ((key, inside),) = data.items()
    if word not in dict(JOINS):
        return
    parts = [inside] if key == "not" else inside
    inner = parts[0] if len(parts) == 1 else {"all": parts}
    put(sheet.values, path, {"not": inner} if word == "not" else {word: parts})


def _part(sheet: Sheet, path: str, typed: str) -> None:
    put(sheet.values, path, typed)
    if not typed and not path.endswith(("/of", "/window")):
        take(sheet.values, path)


def _number(sheet: Sheet, path: str, typed: str) -> None:
    if typed:
        put(sheet.values, path, read_value(str(float(typed.replace(",", ""))).removesuffix(".0"), 0))
    else:
        take(sheet.values, path)


def _span(sheet: Sheet, path: str, span: str) -> None:
    data = look(sheet.values, path)
    for key in ("exclude_current", "ahead"):
        data.pop(key, None)
    if span:
        data["exclude_current" if span == "before" else "ahead"] = True


def _function(sheet: Sheet, path: str, function: str) -> None:
    ((_, told),) = look(sheet.values, path).items()
    if function in UNWINDOWED:
        told.pop("window", None)
    elif not told.get("window"):
        told["window"] = "30d"
    if function in {"count", "time_since_previous", "time_since_first"}:
        told.pop("of", None)
    elif not told.get("of") or function in OF_NUMBERS:
        told["of"] = told.get("of") or next(iter(sheet.domain.fields))
    if function != "percentile":
        told.pop("percent", None)
    else:
        told.setdefault("percent", 95)
    put(sheet.values, path, {function: told})


_TAKES = {
    "o": _operand,
    "t": _text,
    "l": _list,
    "c": _test,
    "g": _join,
    "v": _part,
    "n": _number,
    "s": _span,
    "f": _function,
}
