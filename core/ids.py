"""Identifiers: time-ordered UUIDs (RFC 9562 version 7), so that new rows append to the end of an index."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, then random bits."""
    return uuid7()


def parse_id(value: object) -> UUID | None:
    """The UUID that `value` spells, or None where it spells none: a malformed id is an id that does not exist."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
