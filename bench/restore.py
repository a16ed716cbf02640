"""`make drill-restore`: load, a backup in the middle of it, more load, the loss of everything but backup and anchor, a restore.

The load is a process of its own that registers customers with a document each and writes down, synced to disk, what was
acknowledged. Every customer acknowledged before the backup began must be there again, with its document; what came after
it is lost, and must be declared as lost on the record, which must verify. The control restores a backup with one byte
changed: it must be refused before anything is written.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.database import execute
from bench.machine import machine

HOME = Path(__file__).resolve().parents[1]
MORE = 40


def main() -> None:
    """Prints times and counts; ends with 1 where anything acknowledged before the backup is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--on", choices=["sqlite", "postgresql"], required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _databases(options.on) as (first, second):
        print(machine(options.on))
        failed = _drill(Path(folder), first, second)
    sys.exit(failed)


def _drill(folder: Path, first: str, second: str) -> int:
    backup, ledger = folder / "backup", folder / "acknowledged"
    before, after = _environment(folder, "before", first), _environment(folder, "after", second)
    _manage(before, "prepare")
    stop = folder / "stop"
    command = [sys.executable, "-m", "bench.restore_load", str(ledger), str(stop)]
    load = subprocess.Popen(command, env=before, cwd=HOME)
    known = _wait_for(ledger, MORE, load)
    made = _timed(
        "backup, while customers are registered", lambda: _manage(before, "backup", str(backup), "--with-keys")
    )
    _wait_for(ledger, len(_acknowledged(ledger)) + MORE, load)
    stop.touch()
    load.wait()
    everything = _acknowledged(ledger)
    said = ["--by", "drill", "--reason", "drill"]
    damaged = _changed_byte(backup)
    refused = (
        _run(after, "restore", str(backup), *said).returncode != 0 and not (folder / "after" / "documents").exists()
    )
    damaged()
    restored = _timed("restore and verification", lambda: _manage(after, "restore", str(backup), *said))
    found = set(_manage(after, "shell", "-v0", "-c", _READ).split())
    missing = known - found
    print(made, restored, sep="")
    print(f"acknowledged before the backup  {len(known)}, missing after the restore {len(missing)}")
    print(
        f"acknowledged after it began     {len(everything - known)}, of them restored {len(everything & found - known)}"
    )
    print(f"control: a changed byte is refused before anything is written: {'yes' if refused else 'NO'}")
    print(
        f"a restore over what is there is refused: {'yes' if _run(after, 'restore', str(backup), *said).returncode else 'NO'}"
    )
    return int(bool(missing) or not refused)


_READ = "from customers.models import Customer; print(*Customer.objects.values_list('external_id', flat=True))"


def _environment(folder: Path, name: str, database: str) -> dict[str, str]:
    """The anchor is on another volume, as it should be: it outlives the loss."""
    own = {
        "PROBITY_DATA_DIR": str(folder / name), "DATABASE_URL": database, "REDIS_URL": "", "PROBITY_LOG_LEVEL": "ERROR",
        "PROBITY_BACKUP_KEY": "the drill's own key", "PROBITY_AUDIT_ANCHOR_FILE": str(folder / "anchor" / "checkpoints.log"),
    }  # fmt: skip
    return os.environ | own


def _run(environment: dict[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *command], env=environment, cwd=HOME, capture_output=True, text=True, check=False
    )


def _manage(environment: dict[str, str], *command: str) -> str:
    ran = _run(environment, *command)
    if ran.returncode:
        raise SystemExit(f"{command[0]} failed: {ran.stdout}{ran.stderr}")
    return ran.stdout


def _timed(what: str, work: Callable[[], str]) -> str:
    began = time.monotonic()
    told = work()
    print(f"{what:<42} {time.monotonic() - began:6.1f} s")
    return told


def _wait_for(ledger: Path, number: int, load: "subprocess.Popen[bytes]") -> set[str]:
    """What is acknowledged once it is so many."""
    while not ledger.exists() or len(found := _acknowledged(ledger)) < number:
        if load.poll() is not None:
            raise SystemExit("the load ended before its time")
        time.sleep(0.2)
    return found


def _acknowledged(ledger: Path) -> set[str]:
    """Whole lines only: the last may be half written."""
    return {line.strip() for line in ledger.read_text().splitlines(keepends=True) if line.endswith("\n")}


def _changed_byte(backup: Path) -> Callable[[], None]:
    """Changes one; the answer changes it back."""
    path = backup / "files.tar"
    kept = path.read_bytes()
    path.write_bytes(kept[:100] + bytes([kept[100] ^ 1]) + kept[101:])

    def put_back() -> None:
        path.write_bytes(kept)

    return put_back


@contextmanager
def _databases(kind: str) -> Iterator[tuple[str, str]]:
    """Two empty ones: the one that is lost, the one that is restored into."""
    if kind == "sqlite":
        yield "", ""
        return
    server = os.environ["DATABASE_URL"]
    names = [f"probity_drill_{os.getpid()}_{part}" for part in ("before", "after")]
    for name in names:
        execute(server, f"CREATE DATABASE {name}")
    try:
        first, second = (urlunsplit(urlsplit(server)._replace(path=f"/{name}")) for name in names)
        yield first, second
    finally:
        for name in names:
            execute(server, f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    main()
