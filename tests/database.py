"""The database of a run is a copy of one that the migrations built: they take ten seconds, a copy takes none.

The built one is kept between runs under the digest of the migrations and of all that they import, so an edited migration builds
it anew. Django still migrates each copy, which finds nothing left to do: no test runs on anything but the migrations' work.
"""

import ast
import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.test.utils import setup_databases

HOME = Path(__file__).resolve().parents[1]


def setup_copied_database() -> list[Any]:
    """What `teardown_databases` takes; builds the original first where no process of any run has."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "test-original.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        copy = _sqlite_copy if connection.vendor == "sqlite" else _postgres_copy
        copy(digest_of_migrations())
    # An SQLite copy is a file that is there already; PostgreSQL copies when it creates.
    return setup_databases(
        verbosity=0, interactive=False, keepdb=connection.vendor == "sqlite", serialized_aliases=set()
    )


def digest_of_migrations() -> str:
    """Changes with a migration, with a file of the product that one imports, and with Django."""
    digest = hashlib.sha256(f"{django.VERSION} {connection.vendor}".encode())
    for path in sorted(_files_of_migrations()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files_of_migrations() -> set[Path]:
    found: set[Path] = set()
    names = [type(migration).__module__ for migration in MigrationLoader(None).disk_migrations.values()]
    while names:
        path = _file_of(names.pop())
        if path is not None and path not in found:
            found.add(path)
            names.extend(_imported(path))
    return found


def _file_of(module: str) -> Path | None:
    """The product's own file of that module; an attribute of a module and the code of others have none."""
    if not (HOME / module.split(".", maxsplit=1)[0] / "__init__.py").exists():
        return None
    try:
        spec = find_spec(module)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin) if spec is not None and spec.origin is not None else None


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sqlite_original(digest: str) -> Path:
    """The built database's file, closed and whole; builds it where it is not there."""
    folder = Path(connection.creation._get_test_db_name()).parent
    original = folder / f"test-original-{digest}.sqlite3"
    if not original.exists():
        for former in folder.glob("test-original-*.sqlite3*"):
            former.unlink()
        building = original.with_suffix(".building.sqlite3")
        _build(str(building))
        building.rename(original)
    return original


def _sqlite_copy(digest: str) -> None:
    name = connection.creation._get_test_db_name()
    original = sqlite_original(digest)
    for ending in ("-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)
    shutil.copyfile(original, name)


def _postgres_copy(digest: str) -> None:
    prefix = f"test_original_{connection.settings_dict['NAME']}_"
    original = f"{prefix}{digest}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        there = {name for (name,) in cursor.fetchall() if re.fullmatch(re.escape(prefix) + "[0-9a-f]{12}", name)}
    if original not in there:
        building = f"{prefix}building"
        _build(building)
        with connection._nodb_cursor() as cursor:
            for former in there:
                cursor.execute(f'DROP DATABASE "{former}"')
            cursor.execute(f'ALTER DATABASE "{building}" RENAME TO "{original}"')
    connection.settings_dict["TEST"]["TEMPLATE"] = original


def _build(name: str) -> None:
    """A database of this name by the migrations alone, whether or not one was left half built; nothing is connected to it."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    asked = test.get("NAME")
    test["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connections.close_all()
    test["NAME"] = asked
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = own
