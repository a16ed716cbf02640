"""A database of a bench's own on the server of DATABASE_URL, and the product set up on it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2


def execute(server: str, statement: str) -> Any:
    """One statement outside a transaction; the first row where it gives any."""
    connection = psycopg2.connect(server)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def configure(server: str, name: str, folder: str) -> None:
    """Sets Django up on the database of this name, with `folder` for data."""
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    os.environ |= {"PROBITY_DATA_DIR": folder, "PROBITY_LOG_LEVEL": "ERROR", "REDIS_URL": ""}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
    for key in ("PROBITY_SECRET_KEY", "PROBITY_AUDIT_MAC_KEY", "PROBITY_SUBJECT_KEY_SECRET", "PROBITY_BLIND_KEY"):
        os.environ.setdefault(key, "a benchmark's own secret, " * 3)
    os.environ.setdefault("PROBITY_DOCUMENT_KEYS", "bench:a benchmark's own secret")
    import django

    django.setup()


@contextmanager
def database_of_its_own(name: str) -> Iterator[Path]:
    """The product on a new database of this name, not migrated; its data folder. Both are gone afterwards, also after an error."""
    server = os.environ["DATABASE_URL"]
    execute(server, f"DROP DATABASE IF EXISTS {name}")
    execute(server, f"CREATE DATABASE {name}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            configure(server, name, folder)
            yield Path(folder)
            from django.db import connections

            connections.close_all()
    finally:
        execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def server_seconds() -> float | None:
    """Seconds of CPU of the connection's process in the server, where that runs on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not told.exists() or "postgres" not in told.read_text():
        return None
    user, system = told.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
