"""Changes to large tables that do not stop who writes to them."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex, AlterField
from django.db.migrations.state import ProjectState
from django.db.models import Index


class AddIndexOnline(AddIndex):
    """Adds an index; on PostgreSQL concurrently, so its migration says `atomic = False`. SQLite locks the file as ever."""

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model: Any = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            online: dict[str, Any] = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
            schema_editor.add_index(model, self.index, **online)


class DropFieldIndexOnline(AlterField):
    """Takes a column's own index (`db_index=False`); on PostgreSQL concurrently, so its migration says `atomic = False`.

    Django's own AlterField makes the foreign key of the column anew, too, and with it reads the table under a lock.
    """

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model: Any = to_state.apps.get_model(app_label, self.model_name)
        for name in self._own_indexes(model, schema_editor.connection):
            schema_editor.remove_index(model, Index(fields=[self.name], name=name), concurrently=True)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        model: Any = to_state.apps.get_model(app_label, self.model_name)
        name = f"{model._meta.db_table}_{model._meta.get_field(self.name).column}_own"
        schema_editor.add_index(model, Index(fields=[self.name], name=name), concurrently=True)

    def _own_indexes(self, model: Any, connection: Any) -> list[str]:
        """What the indexes of this column alone are called here: Django made the names up."""
        column = model._meta.get_field(self.name).column
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        return [
            name for name, told in found.items() if told["index"] and not told["unique"] and told["columns"] == [column]
        ]
