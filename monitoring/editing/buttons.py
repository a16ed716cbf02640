"""What the buttons of a sheet do. What no longer fits the tree does nothing."""

import re

from monitoring.editing.conditions import fresh_condition
from monitoring.editing.inputs import read_value, take_input
from monitoring.editing.outline import Outline
from monitoring.editing.pointers import look, parent, put, take
from monitoring.editing.sheet import Sheet
from monitoring.rules.functions import NETWORKS

_NAME = re.compile(r"[^\W\d]\w{0,39}")


def act(sheet: Sheet, do: str) -> None:
    """What a button does: `add /rule`, `remove /rule/all/1`; what no longer fits the tree does nothing."""
    verb, _, rest = do.partition(" ")
    path, _, value = rest.partition(" ")
    try:
        _ACTS.get(verb, _nothing)(sheet, path, value)
    except (KeyError, ValueError, TypeError, IndexError):
        return


def _add(sheet: Sheet, path: str, kind: str) -> None:
    fresh = fresh_condition(sheet.domain.fields)
    data = look(sheet.values, path)
    ((word, inside),) = data.items()
    if word in {"all", "any"}:
        inside.append({"any": [fresh]} if kind == "group" else fresh)
    elif word == "not":
        put(sheet.values, f"{path}/{word}", {"all": [inside, fresh]})
    else:
        put(sheet.values, path, {"all": [data, fresh]})


def _remove(sheet: Sheet, path: str, _value: str) -> None:
    """Takes a condition away, and the group with the last of its conditions; the rule itself keeps one."""
    sheet.unread = {name: typed for name, typed in sheet.unread.items() if path not in name}
    group = parent(path)
    if path.endswith("/where"):
        take(sheet.values, path)
        return
    siblings = look(sheet.values, group)
    if isinstance(siblings, list) and len(siblings) > 1:
        take(sheet.values, path)
        sheet.unread = {name: typed for name, typed in sheet.unread.items() if f"{group}/" not in name}
    elif parent(group) != "/rule":
        _remove(sheet, parent(group), "")


def _measure(sheet: Sheet, _path: str, _value: str) -> None:
    measures = sheet.values["measures"]
    name = next(name for name in (f"measure_{number}" for number in range(1, 100)) if name not in measures)
    measures[name] = {"count": {"window": "7d"}}


def _narrow(sheet: Sheet, path: str, _value: str) -> None:
    ((function, told),) = look(sheet.values, path).items()
    if function not in NETWORKS:
        told["where"] = fresh_condition(sheet.domain.fields)


def _name_number(sheet: Sheet, path: str, _value: str) -> None:
    """A number becomes a parameter, so that it can be tuned and said in the sentence."""
    number, parameters = look(sheet.values, path), sheet.values["parameters"]
    if isinstance(number, bool) or not isinstance(number, int | float):
        return
    name = next(name for name in (f"limit_{place}" for place in range(1, 100)) if name not in parameters)
    put(sheet.values, path, f"${name}")
    parameters[name], sheet.values["meanings"][name] = float(number), ""


def _parameter(sheet: Sheet, name: str, value: str) -> None:
    if _NAME.fullmatch(name):
        sheet.values["parameters"].setdefault(name, read_value(value or "1", ""))
        sheet.values["meanings"].setdefault(name, "")


def _forget(sheet: Sheet, name: str, _value: str) -> None:
    sheet.values["parameters"].pop(name, None)
    sheet.values["meanings"].pop(name, None)


def _put(sheet: Sheet, path: str, value: str) -> None:
    """A suggestion taken: the value goes where the fault was."""
    names = [name for name in Outline(sheet).inputs if name.partition(":")[2] == path]
    if names:
        take_input(sheet, names[0], value)
    elif path.strip("/") in sheet.values:
        sheet.values[path.strip("/")] = value


def _drop_text(sheet: Sheet, _path: str, _value: str) -> None:
    sheet.unread.pop("text", None)


def _nothing(_sheet: Sheet, _path: str, _value: str) -> None:
    return


_ACTS = {
    "add": _add, "remove": _remove, "measure": _measure, "unmeasure": lambda sheet, path, _: take(sheet.values, path) and None,
    "narrow": _narrow, "name": _name_number, "parameter": _parameter, "forget": _forget, "put": _put, "drop-text": _drop_text,
}  # fmt: skip
