"""Sealing what stands in clear and moving it to the current key: batch by batch, in the order of keys, as often as needed.

A value is replaced only where it is still what was read, so nobody's change is lost and nothing is locked for longer
than a batch takes. What a batch did is committed: it may be killed and run again.
"""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from django.apps import apps as current_apps
from django.db import connection, transaction

from core.columns.cipher import MARK, open_value, seal_value
from core.columns.fields import SealedField
from core.sealed import SealedThings, register_sealed
from core.vault import installation_ring

_BATCH = 1000
_EMPTY = "'', '\"\"', '[]', '{}', 'null'"  # as SQL: what is stored as it is


@dataclass(frozen=True)
class SealedColumn:
    """A column as SQL names it, quoted; `as_stored` and `as_text` go between the database's text and the value's."""

    table: str
    key: str
    column: str
    type: str
    place: str
    is_json: bool

    @property
    def stored(self) -> str:
        return f"CAST({self.column} AS text)"

    @property
    def quote(self) -> str:
        """What a stored value begins with before its mark."""
        return '"' if self.is_json else ""

    def as_text(self, stored: str) -> str:
        """The sealed or clear text in what is stored; a sealed JSON value is a JSON string."""
        return str(json.loads(stored)) if self.is_json and stored.startswith(f'"{MARK}') else stored

    def as_stored(self, text: str) -> str:
        """What is to be stored for it."""
        return json.dumps(text) if self.is_json and text.startswith(MARK) else text


def sealed_columns(apps: Any = current_apps, app_label: str = "", names: Collection[str] = ()) -> list[SealedColumn]:
    """Every sealed column of the models, or of one app's, or those of these names among them."""
    quote = connection.ops.quote_name
    return [
        SealedColumn(
            quote(model._meta.db_table), quote(str(model._meta.pk.column)), quote(str(field.column)),
            str(field.db_type(connection)), field.place, field.is_json,
        )
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedField) and app_label in {"", model._meta.app_label}
        and (not names or field.column in names)
    ]  # fmt: skip


def seal_all_of(app_label: str, *names: str) -> Callable[[Any, Any], None]:
    """For a migration that is not atomic: seals what stands in clear in the app's sealed columns, or those of these names."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        for column in sealed_columns(apps, app_label, names):
            for _ in renew(column):
                pass

    return forwards


def open_all_of(app_label: str, *names: str) -> Callable[[Any, Any], None]:
    """The way back of `seal_all_of`: everything in clear again."""

    def backwards(apps: Any, schema_editor: Any) -> None:
        for column in sealed_columns(apps, app_label, names):
            for _ in _rewritten(column, "=", column.quote + MARK, open_value):
                pass

    return backwards


def renew(column: SealedColumn) -> Iterator[bool]:
    """Seals or moves each value of the column that is not under the current key; yields once for each that was."""
    return _rewritten(column, "<>", f"{column.quote}{MARK}{installation_ring().current}:", _resealed)


def _resealed(text: str, place: str) -> str:
    return seal_value(open_value(text, place), place)


def _rewritten(column: SealedColumn, sign: str, start: str, change: Callable[[str, str], str]) -> Iterator[bool]:
    """Changes every value of which "its beginning `sign` start" holds."""
    last = None
    while rows := _batch(column, sign, start, last):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {column.table} SET {column.column} = CAST(%s AS {column.type}) "  # noqa: S608 - quoted names of ours
                f"WHERE {column.key} = %s AND {column.stored} = %s",
                [(column.as_stored(change(column.as_text(text), column.place)), key, text) for key, text in rows],
            )
        last = rows[-1][0]
        yield from repeat(True, len(rows))


def _batch(column: SealedColumn, sign: str, start: str, last: Any) -> list[tuple[Any, str]]:
    after, keys = ("", []) if last is None else (f"AND {column.key} > %s", [last])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column.key}, {column.stored} FROM {column.table} "  # noqa: S608 - quoted names of ours
            f"WHERE substr({column.stored}, 1, {len(start)}) {sign} %s AND {column.stored} NOT IN ({_EMPTY}) {after} "
            f"ORDER BY {column.key} LIMIT {_BATCH}",
            [start, *keys],
        )
        return list(cursor.fetchall())


def _key_ids() -> Iterator[str]:
    """The key of each value, empty for what stands in clear; counted in the database."""
    for column in sealed_columns():
        yield from _counted(column)


def _counted(column: SealedColumn) -> Iterator[str]:
    place = "strpos" if connection.vendor == "postgresql" else "instr"
    text = f"trim({column.stored}, '\"')"
    after = f"substr({text}, {len(MARK) + 1})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT CASE WHEN substr({text}, 1, {len(MARK)}) = '{MARK}' "  # noqa: S608 - quoted names of ours
            f"THEN substr({after}, 1, {place}({after}, ':') - 1) ELSE '' END AS key_id, count(*) "
            f"FROM {column.table} WHERE {column.stored} NOT IN ({_EMPTY}) GROUP BY 1"
        )
        for key_id, count in cursor.fetchall():
            yield from repeat(key_id, count)


def _renew_all() -> Iterator[bool]:
    for column in sealed_columns():
        yield from renew(column)


register_sealed(SealedThings("values in columns", _key_ids, _renew_all))
