"""Storing many rows at once: what the database knows already is left as it is. PostgreSQL is given them by COPY."""

import io
import json
from collections.abc import Sequence
from typing import IO, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from core.clock import now
from core.columns.fields import SealedField

_BATCH = 1000
_WORTH_COPYING = 200  # rows from which a staging table costs less than it saves
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def store_new(model: type[Model], rows: Sequence[Any]) -> set[UUID]:
    """Inserts the rows that break no unique constraint; the keys of those that were stored. Inside a transaction."""
    is_plain = not any(isinstance(field, SealedField) for field in model._meta.concrete_fields)
    if connection.vendor == "postgresql" and len(rows) >= _WORTH_COPYING and is_plain:  # COPY would seal nothing
        return _copied(model, rows)
    manager = model._default_manager
    manager.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    keys = [row.pk for row in rows]
    stored: set[UUID] = set()
    for start in range(0, len(keys), _BATCH):
        stored.update(manager.filter(pk__in=keys[start : start + _BATCH]).order_by().values_list("pk", flat=True))
    return stored


def store_text(model: type[Model], columns: Sequence[str], lines: IO[Any], number: int) -> set[UUID]:
    """As `store_new` for rows in COPY's text format, so many; the keys of those that were *not* stored. PostgreSQL only."""
    with connection.cursor() as cursor:
        names, table, staging = _staged(cursor, model, columns, lines)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {staging} ON CONFLICT DO NOTHING")  # noqa: S608 - quoted names of the model
        if cursor.rowcount == number:
            return set()
        cursor.execute(f"SELECT id FROM {staging} WHERE id NOT IN (SELECT id FROM {table} WHERE id IN (SELECT id FROM {staging}))")  # noqa: S608 - the same  # fmt: skip
        return {key for (key,) in cursor.fetchall()}


def _copied(model: type[Model], rows: Sequence[Any]) -> set[UUID]:
    """COPY into a table that lives as long as the transaction, and from there what is new."""
    fields = model._meta.concrete_fields
    with connection.cursor() as cursor:
        names, table, staging = _staged(cursor, model, [str(field.column) for field in fields], _lines(fields, rows))
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {staging} ON CONFLICT DO NOTHING RETURNING id"  # noqa: S608 - quoted names of the model
        )
        return {key for (key,) in cursor.fetchall()}


def _staged(cursor: Any, model: type[Model], columns: Sequence[str], lines: IO[Any]) -> tuple[str, str, str]:
    """Copies the lines into a staging table: the columns' names, the table's, the staging table's, all quoted."""
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(name) for name in columns)
    table, staging = quoted(model._meta.db_table), quoted(f"staging_{model._meta.db_table}")
    cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {staging} (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DROP")
    cursor.execute(f"TRUNCATE {staging}")
    cursor.copy_expert(f"COPY {staging} ({names}) FROM STDIN", lines)
    return names, table, staging


def _lines(fields: Sequence[Any], rows: Sequence[Any]) -> io.StringIO:
    """The rows in COPY's text format."""
    moment = now()
    for name in [field.attname for field in fields if _is_stamped(field)]:
        for row in rows:
            setattr(row, name, getattr(row, name) or moment)
    names = [field.attname for field in fields]
    lines = ["\t".join([_cell(getattr(row, name)) for name in names]) for row in rows]
    return io.StringIO("\n".join(lines) + "\n")


def _is_stamped(field: Any) -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder).translate(_ESCAPES)
    return str(value)
