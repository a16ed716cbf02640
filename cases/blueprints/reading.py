"""Reading a blueprint's JSON: every fault with the place it is at, what is wrong and what would be right."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.exceptions import Fault
from core.words import said


class Reader:
    """Collects the faults of a body while its parts are read; a part that is wrong reads as its fallback."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, pointer: str, message: str, suggestion: str = "") -> None:
        self.faults.append(Fault(pointer, message, suggestion))

    def number(
        self, body: Mapping[str, Any], key: str, pointer: str, *, least: float, most: float, fallback: float = 0
    ) -> float:
        """`body[key]` as a number between `least` and `most`."""
        value = body.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.fault(
                f"{pointer}/{key}",
                "is not a number in range",
                said("between {least} and {most}", least=f"{least:g}", most=f"{most:g}"),
            )
            return fallback
        return value

    def word(self, body: Mapping[str, Any], key: str, pointer: str, *, most: int = 200, needed: bool = True) -> str:
        """`body[key]` as text without surrounding space."""
        value = body.get(key, "")
        if not isinstance(value, str) or len(value) > most or (needed and not value.strip()):
            self.fault(f"{pointer}/{key}", "is missing or no text", said("1 to {most} characters", most=most))
            return ""
        return value.strip()

    def choices(self, body: Mapping[str, Any], key: str, pointer: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """`body[key]` as a list of words that are all allowed; none is an empty list."""
        value = body.get(key, [])
        wrong = [item for item in value if item not in allowed] if isinstance(value, list) else [value]
        if wrong:
            self.fault(
                f"{pointer}/{key}",
                said("does not know {map}", map=", ".join(map(str, wrong))),
                said("of {allowed}", allowed=", ".join(allowed)),
            )
            return ()
        return tuple(value)

    def rows(self, body: Any, key: str, *, least: int = 0) -> list[dict[str, Any]]:
        """`body[key]` as a list of objects."""
        value = body.get(key) if isinstance(body, Mapping) else None
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value) or len(value) < least:
            self.fault(f"/{key}", "is not a list of rows", said("rows, at least {number}", number=least))
            return []
        return value


def exact(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same body with decimals for floats, as the record keeps it: a float has no one way to be written."""
    same: dict[str, Any] = json.loads(json.dumps(body), parse_float=Decimal)
    return same
