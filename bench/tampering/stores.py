"""A database of the drill's own, copies of it, and a door into it that is not the product's."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg2

from bench.database import configure, execute


class Store(Protocol):
    """Where the record lies. `keep` makes a copy under a name, `put_back` puts it in the database's place."""

    vendor: str

    def told(self) -> str: ...

    def keep(self, name: str) -> None: ...

    def put_back(self, name: str) -> None: ...

    def cursor(self) -> Any: ...

    def end(self) -> None: ...


class SqliteFile:
    """The file itself, opened by a second connection of Python's sqlite3; copies are copies of the file."""

    vendor = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "probity.sqlite3"
        os.environ["DATABASE_URL"] = ""
        _set_up(folder)

    def told(self) -> str:
        """Whose power it is."""
        return f"SQLite {sqlite3.sqlite_version}, the file itself by a second connection"

    def keep(self, name: str) -> None:
        """Copies the file, with what its write-ahead log holds."""
        _close()
        with closing(sqlite3.connect(self.path)) as whole:
            whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.path, self.folder / name)

    def put_back(self, name: str) -> None:
        """Puts the copy in the file's place."""
        _close()
        for left in (f"{self.path}-wal", f"{self.path}-shm"):
            Path(left).unlink(missing_ok=True)
        shutil.copyfile(self.folder / name, self.path)

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        """A cursor past the product."""
        with closing(sqlite3.connect(self.path, timeout=20)) as door:
            yield _Questioned(door)
            door.commit()

    def end(self) -> None:
        """Nothing stays: the folder is the caller's."""
        _close()


class _Questioned:
    """sqlite3 writes `?` where the attacks write `%s`."""

    def __init__(self, door: sqlite3.Connection) -> None:
        self._door = door

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> None:
        self._door.execute(statement.replace("%s", "?"), values)


class Postgres:
    """A database beside the one of DATABASE_URL, through a connection of the server's superuser; copies are databases."""

    vendor = "postgresql"

    def __init__(self, folder: Path) -> None:
        self._server = os.environ.get("DATABASE_URL", "")
        if not self._server.startswith("postgres"):
            sys.exit("set DATABASE_URL to a PostgreSQL: `make services`, then `source var/services/env`")
        self._name = f"probity_tampering_{os.getpid()}"
        self._copies: list[str] = []
        execute(self._server, f"CREATE DATABASE {self._name}")
        configure(self._server, self._name, str(folder))
        _set_up(folder)

    def told(self) -> str:
        """Whose power it is; ends the drill where it would be none."""
        rules = execute(
            self._server,
            "SELECT rolsuper, current_setting('server_version') FROM pg_roles WHERE rolname = current_user",
        )
        if not rules[0]:
            sys.exit("the user of DATABASE_URL is no superuser: the drill would prove too little")
        return f"PostgreSQL {rules[1]}, as superuser"

    def keep(self, name: str) -> None:
        """Copies the database."""
        self._copies.append(name)
        self._copy(self._name, f"{self._name}_{name}")

    def put_back(self, name: str) -> None:
        """Puts the copy in its place."""
        self._copy(f"{self._name}_{name}", self._name)

    def _copy(self, source: str, target: str) -> None:
        _close()
        execute(self._server, f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        execute(self._server, f"CREATE DATABASE {target} TEMPLATE {source}")

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        """A cursor past the product."""
        with closing(psycopg2.connect(self._server.rsplit("/", 1)[0] + f"/{self._name}")) as door:
            with door.cursor() as cursor:
                yield cursor
            door.commit()

    def end(self) -> None:
        """Drops the databases."""
        _close()
        for name in (self._name, *(f"{self._name}_{copy}" for copy in self._copies)):
            execute(self._server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _set_up(folder: Path) -> None:
    os.environ |= {"PROBITY_DATA_DIR": str(folder), "PROBITY_LOG_LEVEL": "CRITICAL", "REDIS_URL": ""}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _close() -> None:
    from django.db import connection

    connection.close()
