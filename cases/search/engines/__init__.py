"""Looking up rows of `search_document`, as each database does it best. Both give ids, the best first."""

from django.db import connection

from cases.search.engines import postgresql, sqlite
from cases.search.words import Wanted

_MOST_WHOLE = 5


def match_words(kind: str, wanted: Wanted, limit: int) -> list[int]:
    """Rows of a kind that have every term, the newest first."""
    engine = _engine()
    return engine.match(kind, engine.query_of(wanted), limit) if wanted.terms else []


def match_whole(wanted: Wanted) -> list[int]:
    """Customers with a number, a contact or an address that is exactly what was typed."""
    return _engine().match("customer", wanted.whole, _MOST_WHOLE) if wanted.whole else []


def match_similar(text: str, limit: int) -> list[int]:
    """Customers whose names are spelled much like the text, the likest first."""
    return _engine().match_similar(text, limit) if text else []


def _engine() -> "type[postgresql.Engine] | type[sqlite.Engine]":
    return postgresql.Engine if connection.vendor == "postgresql" else sqlite.Engine
