"""`manage.py lint_migrations`: migrations that would lock a large table for long, or break the former release.

Rules follow what PostgreSQL locks (its manual, "ALTER TABLE" and "CREATE INDEX"): an index is built CONCURRENTLY, a constraint is
added NOT VALID and validated later, a column is added with a default or null, none is renamed or removed while the
former release still runs, data and schema move apart.
"""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader

LARGE = {
    "audit.auditentry", "audit.auditleaf", "ai.aicall", "cases.case", "customers.customer", "customers.party", "documents.document",
    "monitoring.alert", "monitoring.transaction", "notifications.outbox", "screening.coverage", "screening.hit",
    "screening.listentry", "screening.screening", "workflows.run", "workflows.stepattempt", "workflows.steprun",
}  # fmt: skip
_RELEASED = "compliance_site/released_migrations.txt"
_ALLOWED = re.compile(r"# large table: \S+")
_SCHEMA = (
    operations.AddField,
    operations.AlterField,
    operations.RemoveField,
    operations.CreateModel,
    operations.DeleteModel,
)


class Command(BaseCommand):
    help = "Finds migrations that are not safe on large tables; `# large table: REASON` in the file allows one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--release", action="store_true", help="what is there now is released: write it down")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with an error that names each. Released migrations are not looked at: they have run where there is data."""
        home = Path(settings.BASE_DIR)
        ours = [
            one
            for one in MigrationLoader(None).disk_migrations.values()
            if _path(one).is_relative_to(home / one.app_label)
        ]
        names = sorted(f"{one.app_label}.{one.name}" for one in ours)
        if options["release"]:
            (home / _RELEASED).write_text("".join(f"{name}\n" for name in names))
        released = set((home / _RELEASED).read_text().split())
        unsafe = [
            f"{one.app_label}.{one.name}: {fault}"
            for one in ours
            if f"{one.app_label}.{one.name}" not in released and not _ALLOWED.search(_path(one).read_text())
            for fault in faults_of(one)
        ]
        if unsafe:
            raise CommandError("\n".join(unsafe))


def _path(migration: Migration) -> Path:
    return Path(str(sys.modules[migration.__module__].__file__))


def faults_of(migration: Migration) -> Iterator[str]:
    """What about the migration is not safe, a sentence each. A table that it makes itself is empty."""
    own = {operation.name_lower for operation in migration.operations if isinstance(operation, operations.CreateModel)}
    for operation in migration.operations:
        model = getattr(operation, "model_name_lower", None) or getattr(operation, "old_name_lower", None)
        if model and model not in own and f"{migration.app_label}.{model}" in LARGE:
            yield from _faults(operation, model)
    if any(isinstance(one, operations.RunPython) for one in migration.operations) and any(
        isinstance(one, _SCHEMA) for one in migration.operations
    ):
        yield "moves data and changes the schema: the lock of one is held through the other"


def _faults(operation: Any, model: str) -> Iterator[str]:
    if type(operation) is operations.AddIndex:
        yield f"builds an index on {model} under a lock: AddIndexConcurrently in a migration that is not atomic"
    elif type(operation) is operations.AddConstraint:
        yield f"adds a constraint to {model} under a lock: AddConstraintNotValid, then ValidateConstraint"
    elif isinstance(operation, operations.RemoveField | operations.RenameField):
        yield f"takes a column of {model} from the former release, which still runs: first a release that does not use it"
    elif isinstance(operation, operations.AddField):
        yield from _added(operation.field, operation.name, model)
    elif isinstance(operation, operations.AlterField) and not operation.preserve_default:
        yield f"fills {operation.name} of {model} under a lock"


def _added(field: Any, name: str, model: str) -> Iterator[str]:
    if not field.null and not field.has_default() and not field.has_db_default() and not field.empty_strings_allowed:
        yield f"adds {name} to {model} without null or a default"
    elif callable(field.default) and not field.null and field.default not in {dict, list}:
        yield f"writes {name} into every row of {model}: add it with null, fill it in batches"
    elif field.db_index or field.unique:
        yield f"builds the index of {name} on {model} under a lock: add the field without, then the index concurrently"
