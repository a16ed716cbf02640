"""The clock that all processes share, for leases and turns: a machine whose own clock jumped must not take others' work."""

from datetime import datetime

from django.db import connection

from core.clock import now


def shared_now() -> datetime:
    """The instant by the database server's clock; on SQLite, where everything runs on one machine, by this machine's."""
    if connection.vendor != "postgresql":
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told
