"""One at a time, by key: for what may exist once per key and may not exist yet, so that there is no row to lock."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

_SPACE = 0x50726F63  # of advisory locks: any constant that no other two-part lock here uses


def take_turns(keys: Iterable[UUID]) -> None:
    """Waits until nobody else is past here with one of these keys, and keeps them until the transaction ends.

    All are taken in one order, so that two callers never wait for each other in a ring. They are no locks on rows: whoever
    changes the same rows elsewhere need not know of turns. On SQLite there is one writer anyway.
    """
    numbers = sorted({int.from_bytes(key.bytes[-4:], signed=True) for key in keys})
    if numbers and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, number) FROM unnest(%s::int[]) AS number", [_SPACE, numbers]
            )
