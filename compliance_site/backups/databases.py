"""The database into a file and back, by each database's own means: pg_dump and pg_restore, SQLite's backup."""

import os
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection

from compliance_site.backups.manifest import BackupUnusable

PARTS = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}


def dump_database(folder: Path) -> Path:
    """The database as it was at one moment, while others go on writing. Raises BackupUnusable with what the tool said."""
    target = folder / PARTS[connection.vendor]
    if connection.vendor == "sqlite":
        _copy(_sqlite_name(), str(target))
    else:
        _tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", "--dbname", _name())
    return target


def load_database(part: Path) -> None:
    """Puts a dump into the empty database, all or nothing."""
    if connection.vendor == "sqlite":
        connection.close()
        _copy(str(part), _sqlite_name())
    else:
        how = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        _tool("pg_restore", *how, "--dbname", _name(), str(part))


def database_is_empty() -> bool:
    """True where there is no table."""
    return not connection.introspection.table_names()


def _sqlite_name() -> str:
    return str(connection.settings_dict["NAME"])


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _copy(source: str, target: str) -> None:
    """All pages in one step: a reader of the write-ahead log holds nobody up."""
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing)
    finally:
        reading.close()
        writing.close()


_TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")


def _tool(*command: str) -> None:
    """Runs a tool of PostgreSQL on this database; the password goes by the environment, where no list of processes shows it."""
    given = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {key: str(given[name]) for key, name in names.items() if given.get(name)}
    options = given.get("OPTIONS") or {}
    environment |= {f"PG{key.upper()}": str(options[key]) for key in _TLS if options.get(key)}
    try:
        ran = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupUnusable(f"{command[0]} is not installed: it comes with PostgreSQL's client") from error
    if ran.returncode:
        raise BackupUnusable(f"{command[0]}: {ran.stderr.strip()[:500]}")
