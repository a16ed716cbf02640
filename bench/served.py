"""The product in a process of its own with its demonstration, on a database of its own: what attacks are tried on."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx

from bench.database import execute
from bench.machine import HOME
from bench.workflows.cluster import free_port

_FIRST_OF_OURS, _PATIENCE = 500, 1200  # seconds, on a machine that others use


def surroundings(folder: str, database: str) -> dict[str, str]:
    """The environment of such a process. Back-pressure is off: it would answer for the product."""
    return os.environ | {
        "PROBITY_DATA_DIR": folder, "PROBITY_STATIC_ROOT": f"{folder}/static", "PROBITY_LOG_LEVEL": "ERROR",
        "DATABASE_URL": database, "REDIS_URL": "", "PROBITY_MOST_WAITING": "0", "PROBITY_LONGEST_WAIT_SECONDS": "0",
    }  # fmt: skip


def managed(environment: dict[str, str], *words: str) -> str:
    """What a management command prints."""
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=HOME, env=environment, check=True, capture_output=True, text=True
    ).stdout


@contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[str]:
    """The product in one process with its demonstration; its address once it answers."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--demo", "--port", str(port)]
    with log.open("w") as told:
        server = subprocess.Popen(command, cwd=HOME, env=environment, stdout=told, stderr=told)
        try:
            _await(f"http://127.0.0.1:{port}/healthz", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def _await(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(2 * _PATIENCE):
        if server.poll() is not None:
            break
        try:
            if httpx.get(url, timeout=5).status_code < _FIRST_OF_OURS:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise SystemExit(f"The server did not start: see {log}")


@contextmanager
def own_database(on: str) -> Iterator[str]:
    """The address of an empty database, gone afterwards; empty for SQLite in the data folder."""
    if on == "sqlite":
        yield ""
        return
    server, name = os.environ["DATABASE_URL"], f"probity_attack_{os.getpid()}"
    execute(server, f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        execute(server, f"DROP DATABASE {name} WITH (FORCE)")
