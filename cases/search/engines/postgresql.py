"""PostgreSQL: full text in the `simple` configuration, and pg_trgm. One partial index a kind (migration 0002)."""

from django.db import connection, transaction

from cases.search.words import Wanted

# A word that everything has would have everything sorted: what is looked at is bounded, and so is the time.
_MOST_LOOKED_AT = 2000
_LEAST_LIKENESS = 0.5
_WORDS = """
    WITH found AS MATERIALIZED (
        SELECT id FROM search_document
        WHERE kind = %s AND to_tsvector('simple', folded) @@ to_tsquery('simple', %s) LIMIT %s
    )
    SELECT id FROM found ORDER BY id DESC LIMIT %s
"""
_SIMILAR = """
    SELECT id FROM search_document WHERE kind = 'customer' AND %s <%% names
    ORDER BY word_similarity(%s, names) DESC, id DESC LIMIT %s
"""


class Engine:
    """Terms are letters and digits only, so nothing of a query can be an operator."""

    @staticmethod
    def query_of(wanted: Wanted) -> str:
        return " & ".join(f"({term.clear}{':*' if term.is_beginning else ''} | {term.blind})" for term in wanted.terms)

    @staticmethod
    def match(kind: str, query: str, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(_WORDS, [kind, query, _MOST_LOOKED_AT, limit])
            return [row[0] for row in cursor.fetchall()]

    @staticmethod
    def match_similar(text: str, limit: int) -> list[int]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [_LEAST_LIKENESS])
            cursor.execute(_SIMILAR, [text, text, limit])
            return [row[0] for row in cursor.fetchall()]
