"""Operations of migrations for columns that become sealed."""

from typing import Any

from django.db import migrations


class SealText(migrations.AlterField):
    """Text becomes sealed text: PostgreSQL forgets the column's length, without a rewrite; SQLite has nothing to do.

    SQLite knows no lengths, and altering would copy the table and drop its triggers.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.database_forwards(app_label, schema_editor, from_state, to_state)
