"""SQLite: FTS5 over the folded words, and over the names by trigrams (migration 0002 makes both and keeps them)."""

from django.db import connection

from cases.search.folding import likeness
from cases.search.words import Wanted

_LEAST_LIKENESS = 0.5
_MOST_CANDIDATES = 300
_WORDS = """
    SELECT d.id FROM search_words w JOIN search_document d ON d.id = w.rowid
    WHERE w.folded MATCH %s AND d.kind = %s ORDER BY d.id DESC LIMIT %s
"""
_SIMILAR = """
    SELECT d.id, d.names FROM search_trigrams t JOIN search_document d ON d.id = t.rowid
    WHERE t.names MATCH %s AND d.kind = 'customer' ORDER BY t.rank LIMIT %s
"""


class Engine:
    """Terms are letters and digits only and are quoted, so nothing of a query can be an operator."""

    @staticmethod
    def query_of(wanted: Wanted) -> str:
        return " AND ".join(
            f'("{term.clear}"{"*" if term.is_beginning else ""} OR "{term.blind}")' for term in wanted.terms
        )

    @staticmethod
    def match(kind: str, query: str, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(_WORDS, [query, kind, limit])
            return [row[0] for row in cursor.fetchall()]

    @staticmethod
    def match_similar(text: str, limit: int) -> list[int]:
        """Candidates share a trigram; how like they are is counted as PostgreSQL counts it."""
        pieces = {word[start : start + 3] for word in text.split() for start in range(len(word) - 2)}
        if not pieces:
            return []
        query = " OR ".join(f'"{piece}"' for piece in sorted(pieces))
        with connection.cursor() as cursor:
            cursor.execute(_SIMILAR, [query, _MOST_CANDIDATES])
            found = [(likeness(text, names), row_id) for row_id, names in cursor.fetchall()]
        return [row_id for like, row_id in sorted(found, reverse=True) if like >= _LEAST_LIKENESS][:limit]
