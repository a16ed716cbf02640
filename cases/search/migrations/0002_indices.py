"""The indices of search: what a model cannot say, for each database in its own words."""

from django.db import migrations

_KINDS = ("customer", "case", "document", "comment")
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    *(
        f"CREATE INDEX search_words_{kind} ON search_document "
        f"USING gin (to_tsvector('simple', folded)) WHERE kind = '{kind}'"
        for kind in _KINDS
    ),
    "CREATE INDEX search_trigrams ON search_document USING gin (names gin_trgm_ops) WHERE kind = 'customer'",
)
_POSTGRESQL_BACK = (*(f"DROP INDEX search_words_{kind}" for kind in _KINDS), "DROP INDEX search_trigrams")
_REMOVE = """
    INSERT INTO search_words(search_words, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO search_trigrams(search_trigrams, rowid, names) VALUES ('delete', old.id, old.names);
"""
_ADD = """
    INSERT INTO search_words(rowid, folded) VALUES (new.id, new.folded);
    INSERT INTO search_trigrams(rowid, names) VALUES (new.id, new.names);
"""
_SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "folded, content='search_document', content_rowid='id', tokenize='unicode61')",
    "CREATE VIRTUAL TABLE search_trigrams USING fts5("
    "names, content='search_document', content_rowid='id', tokenize='trigram')",
    f"CREATE TRIGGER search_added AFTER INSERT ON search_document BEGIN {_ADD} END",
    f"CREATE TRIGGER search_removed AFTER DELETE ON search_document BEGIN {_REMOVE} END",
    f"CREATE TRIGGER search_changed AFTER UPDATE ON search_document BEGIN {_REMOVE} {_ADD} END",
)
_SQLITE_BACK = (
    "DROP TRIGGER search_added", "DROP TRIGGER search_removed", "DROP TRIGGER search_changed",
    "DROP TABLE search_words", "DROP TABLE search_trigrams",
)


def _forwards(apps, schema_editor):
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement, params=None)


def _backwards(apps, schema_editor):
    for statement in _POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else _SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search_document")]
    operations = [migrations.RunPython(_forwards, _backwards)]
