"""The exact bytes of an audit entry: these are hashed, chained and proven, never a re-serialisation of them."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum
from uuid import UUID


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """ASCII JSON with sorted keys and no blanks; decimals as strings, instants in UTC with microseconds.

    Raises TypeError for a float (its text differs between writers) and for anything else without one spelling.
    """
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode(
        "ascii"
    )


def plain(value: object) -> object:  # noqa: PLR0911 - one return a type reads best
    """`value` with every leaf in its one spelling: text, integer, boolean or null."""
    if value is None or (isinstance(value, str | bool | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    raise TypeError(f"{type(value).__name__} has no canonical form; pass a decimal or text instead")


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("a naive datetime has no canonical form")
    told = value.astimezone(timezone.utc).isoformat(timespec="microseconds")  # several times faster than strftime
    return told.removesuffix("+00:00") + "Z"
