"""The clock that all processes share, for leases and turns: a machine whose own clock jumped must not take others' work."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Func, Value

from core.clock import now


def shared_now() -> datetime:
    """The instant by the database server's clock; on SQLite, where everything runs on one machine, by this machine's."""
    if connection.vendor != "postgresql":
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told


class SharedNow(Func):
    """The same instant within a statement, which then needs none before it to ask for the time."""

    template = "statement_timestamp()"
    output_field = DateTimeField()

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return compiler.compile(Value(now(), output_field=self.output_field).resolve_expression(compiler.query))
