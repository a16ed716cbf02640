"""What of a step's input and output everybody who sees runs may read, and what may be about a person. Pure.

Actions of the product put out ids, counts and codes. What another system sent can be anything: then texts are closed, too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MOST = 200
_OPEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.+Z-]+", re.IGNORECASE)
_CODE = re.compile(r"[a-z][a-z0-9]*([_.:-][a-z0-9]+)*")
_DECIMAL = re.compile(r"-?\d{1,6}(\.\d{1,6})?")


@dataclass(frozen=True)
class Shown:
    """One value: where it stands, as a text, and whether it is closed (`text` is empty then)."""

    name: str
    text: str
    is_closed: bool = False


def shown_values(values: Mapping[str, Any], *, is_open: bool, is_foreign: bool = False) -> list[Shown]:
    """Every value with its place, at most 200; closed unless `is_open` or nothing in it can be about a person.

    `is_foreign` says that another system sent the values: codes may be names then, and numbers somebody's.
    """
    found: list[Shown] = []
    for name, value in _leaves(values) if values else ():
        if len(found) == _MOST:
            break
        visible = is_open or _is_harmless(value, is_foreign=is_foreign)
        found.append(Shown(name, _text(value) if visible else "", not visible))
    return found


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{name}[{number}]")
    else:
        yield name, value


def _is_harmless(value: Any, *, is_foreign: bool) -> bool:
    if isinstance(value, bool) or value is None or value in ({}, [], ""):
        return True
    if isinstance(value, str):
        return bool(_OPEN.fullmatch(value)) or (
            not is_foreign and bool(_CODE.fullmatch(value) or _DECIMAL.fullmatch(value))
        )
    return not is_foreign


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None or value in ({}, [], "") else str(value)
