"""Looking up rows of `search_document`, as each database does it best. Both give ids, the best first."""

from collections.abc import Sequence

from django.db import connection

from cases.search.engines import postgresql, sqlite


def match_words(kind: str, terms: Sequence[str], limit: int) -> list[int]:
    """Rows of a kind that have every term, the newest first (`cases.search.folding.terms_of` makes the terms)."""
    return _engine().match_words(kind, terms, limit) if terms else []


def match_similar(text: str, limit: int) -> list[int]:
    """Customers whose names are spelled much like the text, the likest first."""
    return _engine().match_similar(text, limit) if text else []


def _engine() -> "type[postgresql.Engine] | type[sqlite.Engine]":
    return postgresql.Engine if connection.vendor == "postgresql" else sqlite.Engine
