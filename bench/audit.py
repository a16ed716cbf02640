"""`make bench-audit`: what the record costs. Appends against plain inserts, placing, verifying, proofs.

Runs on a database of its own beside the one of DATABASE_URL (PostgreSQL), made and dropped here. `--entries` says how
many entries the verification walks; they are made in bulk by the record's own functions.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import dj_database_url
import django
import django.db

from bench.machine import machine

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
SECONDS = 4.0
STREAMS = 1000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PROBITY_DATA_DIR": folder, "DATABASE_URL": database("probity_bench_audit")}
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        with django.db.connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_plain (LIKE audit_entry INCLUDING ALL)")
        print(f"\n{machine()}")
        for name, value in chain(_appending(), _placing(), _verifying(options.entries), _proving()):
            print(f"| {name:<52} | {value:>20} |", flush=True)
        django.db.connection.close()
    drop("probity_bench_audit")


def _appending() -> Iterator[tuple[str, str]]:
    for writers in (1, 4, 8):
        plain, kept = _rate(_insert, writers), _rate(_append, writers)
        yield f"plain inserts, {writers} writer(s)", f"{plain:,.0f} /s"
        yield f"entries of the record, {writers} writer(s)", f"{kept:,.0f} /s ({plain / kept:.2f}×)"


def _rate(work: Callable[[float], int], writers: int) -> float:
    context = get_context("spawn")
    with context.Pool(writers, _ready, (context.Barrier(writers),)) as pool:
        return sum(pool.map(work, [SECONDS] * writers, chunksize=1)) / SECONDS


def _ready(barrier: Any) -> None:
    """A writer with an open connection, waiting for the others."""
    django.setup()
    from audit.models import AuditEntry

    AuditEntry.objects.exists()
    barrier.wait()


def _insert(seconds: float) -> int:
    """The ceiling: the same row into a twin of the table, one insert and one commit each; no chain, head, MAC or trigger."""
    from django.db import transaction

    from audit.models import AuditEntry
    from core.clock import now

    AuditEntry._meta.db_table = "bench_plain"
    done, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        stream = f"plain:{os.getpid()}:{done}"
        with transaction.atomic():
            AuditEntry.objects.create(stream=stream, stream_seq=1, prev=bytes(32), body=bytes(312), leaf=bytes(32), mac=bytes(32),
                                      mac_key_id=1, at=now(), action="bench", actor_kind="system", actor_id="b", actor_name="b",
                                      object_type="thing", object_id="1")  # fmt: skip
        done += 1
    return done


def _append(seconds: float) -> int:
    from django.db import transaction

    from audit.actions import define
    from audit.services import record
    from core.actor import system_actor

    action = define(f"bench.noted-{time.monotonic_ns()}", "noted")
    done, end, by = 0, time.monotonic() + seconds, system_actor("bench")
    while time.monotonic() < end:
        with transaction.atomic():
            record(action, by=by, object_type="thing", object_id=done, stream=f"case:{random.randrange(STREAMS)}",
                   after={"number": done, "text": "x" * 60})  # fmt: skip
        done += 1
    return done


def _placing() -> Iterator[tuple[str, str]]:
    from audit.models import AuditAlarm, AuditPending
    from audit.services import place_pending

    waiting, start, batches = AuditPending.objects.count(), time.perf_counter(), 0
    while place_pending():
        batches += 1
    seconds = time.perf_counter() - start
    refused = AuditAlarm.objects.count()
    yield "placed in the tree (MAC, chain, columns checked)", f"{waiting / seconds:,.0f} /s"
    yield f"  of {waiting:,} entries in {batches} batches, refused", str(refused)


def _verifying(entries: int) -> Iterator[tuple[str, str]]:
    from audit.models import AuditLeaf
    from audit.services import anchor_checkpoints, place_pending, verify_record

    start = time.perf_counter()
    _grow(entries - AuditLeaf.objects.count())
    while place_pending():
        pass
    anchor_checkpoints()
    yield f"made and placed {AuditLeaf.objects.count():,} entries", f"{time.perf_counter() - start:.0f} s"
    for workers in (1, 2):
        run = verify_record(workers=workers)
        seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0
        yield f"verified {run.entries:,} entries, {workers} process(es)", f"{seconds:.1f} s"
        yield "  faults", str(len(run.faults))


def _proving() -> Iterator[tuple[str, str]]:
    from audit.models import AuditEntry, AuditLeaf
    from audit.proofs import inclusion_proof

    size = AuditLeaf.objects.count()
    places = random.Random(7).sample(range(size), 200)
    chosen = AuditEntry.objects.filter(pk__in=AuditLeaf.objects.filter(seq__in=places).values("entry_id"))
    times = []
    for entry in chosen:
        start = time.perf_counter()
        inclusion_proof(entry)
        times.append(1000 * (time.perf_counter() - start))
    yield f"proof of one entry of {size:,}: median, slowest", f"{median(times):.1f}, {max(times):.1f} ms"


def _grow(count: int) -> None:
    """Entries in bulk, by the functions that make one: COPY into the table, heads after."""
    from django.db import connection

    from audit.models import AuditHead

    heads: dict[str, tuple[int, bytes]] = {row.stream: (row.seq, bytes(row.head)) for row in AuditHead.objects.all()}
    columns: tuple[str, ...] = ()
    for start in range(0, count, 50_000):
        lines = StringIO()
        for number in range(start, min(start + 50_000, count)):
            columns, values = _sealed(number, heads)
            lines.write("\t".join(values) + "\n")
        lines.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY audit_entry ({', '.join(columns)}) FROM STDIN", lines)
    AuditHead.objects.all().delete()
    AuditHead.objects.bulk_create([AuditHead(stream=s, seq=n, head=h) for s, (n, h) in heads.items()], batch_size=1000)


def _sealed(number: int, heads: dict[str, tuple[int, bytes]]) -> tuple[tuple[str, ...], list[str]]:
    from audit.models import AuditEntry
    from audit.services.appending import seal_entry
    from core.clock import now

    entry = AuditEntry(stream=f"case:{number % 50_000}", at=now(), action="bench.grown", actor_kind="system", actor_id="b",
                       actor_name="bench", object_type="thing", object_id=str(number))  # fmt: skip
    seq, head = heads.get(entry.stream, (0, bytes(32)))
    heads[entry.stream] = (seq + 1, seal_entry(entry, seq, head, {"after": {"number": number, "text": "x" * 60}}))
    fields = [field for field in AuditEntry._meta.concrete_fields if field.name != "id"]
    return tuple(field.column for field in fields), [_copied(getattr(entry, field.attname)) for field in fields]


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    return f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def database(name: str) -> str:
    """The URL of an empty database of this name beside the one of DATABASE_URL, made here."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        sys.exit("set DATABASE_URL to a PostgreSQL: `make services`, then `source var/services/env`")
    _sql(url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    os.environ["BENCH_HOME_URL"] = url
    return url.rsplit("/", 1)[0] + f"/{name}"


def drop(name: str) -> None:
    """Drops it again."""
    _sql(os.environ["BENCH_HOME_URL"], f"DROP DATABASE {name}")


def _sql(url: str, *statements: str) -> None:
    import psycopg2

    parts = dj_database_url.parse(url)
    connection = psycopg2.connect(dbname=parts["NAME"], user=parts["USER"], host=parts["HOST"], port=parts["PORT"],
                                  password=parts["PASSWORD"])  # fmt: skip
    connection.autocommit = True
    for statement in statements:
        connection.cursor().execute(statement)
    connection.close()


if __name__ == "__main__":
    main()
