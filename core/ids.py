"""Identifiers: time-ordered UUIDs (RFC 9562 version 7), so that new rows append to the end of an index."""

import os
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import CharField, Func
from uuid_utils.compat import uuid7

_TEXT_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, then random bits."""
    return uuid7()


def new_ids(number: int) -> list[str]:
    """So many new UUIDv7 as hexadecimal text: for rows by the hundred thousand, where making objects is what costs."""
    moment = f"{time.time_ns() // 1_000_000:012x}7"
    chance = os.urandom(10 * number).hex()
    return [
        f"{moment}{chance[at : at + 3]}{'89ab'[int(chance[at + 3], 16) & 3]}{chance[at + 4 : at + 19]}"
        for at in range(0, 20 * number, 20)
    ]


_NIL = UUID(int=0)


def parse_id(value: object) -> UUID:
    """The UUID that `value` spells; the nil UUID, which no row has, where it spells none."""
    try:
        return UUID(str(value))
    except ValueError:
        return _NIL


class IdAsText(Func):
    """An id of a row as the text that `str` makes of it, for columns that hold ids of several tables."""

    template = "CAST(%(expressions)s AS varchar)"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There ids are 32 hexadecimal digits without the dashes."""
        sql, params = compiler.compile(self.source_expressions[0])
        parts = [f"substr({sql}, {start}, {length})" for start, length in _TEXT_PARTS]
        return " || '-' || ".join(parts), tuple(params) * len(parts)


def ids_in(values: Mapping[str, object]) -> dict[str, str]:
    """Those of the values that are ids, by their names: by them a thing can be found whose other values are sealed."""
    return {name: value for name, value in values.items() if isinstance(value, str) and parse_id(value) != _NIL}
