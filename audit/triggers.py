"""The database's own refusal to change the record, for SQLite and PostgreSQL. Used by the migration and by test set-up.

PostgreSQL: ENABLE ALWAYS holds under session_replication_role=replica; a statement trigger refuses TRUNCATE.
SQLite: PRAGMA recursive_triggers (settings) makes INSERT OR REPLACE fire the delete trigger.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE_UP = (
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
    "CREATE TRIGGER audit_entry_pending AFTER INSERT ON audit_entry BEGIN INSERT INTO audit_pending (entry_id) VALUES (NEW.id); END",
)
_SQLITE_DOWN = (
    "DROP TRIGGER IF EXISTS audit_entry_no_update",
    "DROP TRIGGER IF EXISTS audit_entry_no_delete",
    "DROP TRIGGER IF EXISTS audit_entry_pending",
)
_POSTGRES_UP = (
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'insufficient_privilege'; END $$""",
    """CREATE FUNCTION audit_list_pending() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN INSERT INTO audit_pending (entry_id) VALUES (NEW.id); RETURN NULL; END $$""",
    "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_entry_pending AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_list_pending()",
    "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_change",
    "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_truncate",
    "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_pending",
)
_POSTGRES_DOWN = (
    "DROP TRIGGER IF EXISTS audit_entry_no_change ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_entry_no_truncate ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_entry_pending ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_refuse()",
    "DROP FUNCTION IF EXISTS audit_list_pending()",
)


# The tree's own tables: never changed either. `audit_anchor` and `audit_placed` are notes of work, not proof.
_TREE = ("audit_leaf", "audit_node", "audit_checkpoint")
_SQLITE_TREE_UP = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in _TREE
    for verb in ("UPDATE", "DELETE")
)
_SQLITE_TREE_DOWN = tuple(
    f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in _TREE for verb in ("update", "delete")
)
_POSTGRES_TREE_UP = tuple(
    statement
    for table in _TREE
    for statement in (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
    )
)
_POSTGRES_TREE_DOWN = tuple(
    f"DROP TRIGGER IF EXISTS {table}_no_{what} ON {table}" for table in _TREE for what in ("change", "truncate")
)


def install_tree(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers of the tree's tables. On PostgreSQL they use the function of `install`, which comes first."""
    _run(connection, _POSTGRES_TREE_UP if connection.vendor == "postgresql" else _SQLITE_TREE_UP)


def remove_tree(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers of the tree's tables; before `remove`."""
    _run(connection, _POSTGRES_TREE_DOWN if connection.vendor == "postgresql" else _SQLITE_TREE_DOWN)


def install(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers."""
    _run(connection, _POSTGRES_UP if connection.vendor == "postgresql" else _SQLITE_UP)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers: for the reverse migration and for emptying a test database, never in service."""
    _run(connection, _POSTGRES_DOWN if connection.vendor == "postgresql" else _SQLITE_DOWN)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
