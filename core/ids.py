"""Identifiers: time-ordered UUIDs (RFC 9562 version 7), so that new rows append to the end of an index."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, then random bits."""
    return uuid7()


_NIL = UUID(int=0)


def parse_id(value: object) -> UUID:
    """The UUID that `value` spells; the nil UUID, which no row has, where it spells none."""
    try:
        return UUID(str(value))
    except ValueError:
        return _NIL
