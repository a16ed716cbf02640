"""`make bench-growth`: pages and REST answers over a few rows and over 10 M transactions, 1 M customers and 100,000 cases.

Makes a database of its own on the server of DATABASE_URL and drops it again. Times are of the whole request inside one process,
without the network; CPU is that of this process and of the database's for it. A page whose plan reads a table of many rows from end
to end is named with the table.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.database import database_of_its_own, server_seconds
from bench.machine import machine

_NAME = "probity_bench_growth"
_REQUESTS, _MANY = 15, 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    told = parser.parse_args()
    with database_of_its_own(_NAME):
        _measured(told)


def _measured(told: argparse.Namespace) -> None:
    from django.core.management import call_command
    from django.test import Client

    from accounts.models import User
    from bench.growth.pages import pages
    from bench.growth.plans import scans
    from bench.growth.seed import seed_few, seed_many

    call_command("migrate", verbosity=0)
    subject, client = seed_few(), Client()
    client.force_login(User.objects.get(username="bench0"))
    asked = pages(subject)
    few = {name: _timed(lambda ask=ask: ask(client)) for name, ask in asked.items()}  # type: ignore[misc]
    began = time.monotonic()
    seed_many(cases=told.cases, customers=told.customers, transactions=told.transactions)
    sizes = f"{told.transactions:,} transactions, {told.customers:,} customers, {told.cases:,} cases"
    print(f"\n{machine('PostgreSQL', sizes, f'seeded in {time.monotonic() - began:.0f} s')}\n")
    large = _large_tables()
    print("| page | p50 ms, few rows | p50 ms | most ms | CPU ms | of the database | reads from end to end |")
    print("|---|---:|---:|---:|---:|---:|---|")
    for name, ask in asked.items():
        many = _timed(lambda ask=ask: ask(client))  # type: ignore[misc]
        whole = {line.partition(":")[0] for line in scans(lambda ask=ask: ask(client))}  # type: ignore[misc]
        whole = {told for told in whole if told.partition(" ")[0] in large}
        times = [f"{1000 * value:.0f}" for value in (median(few[name][0]), median(many[0]), max(many[0]), *many[1:])]
        print(f"| {name} | {' | '.join(times)} | {', '.join(sorted(whole)) or '-'} |", flush=True)


def _large_tables() -> set[str]:
    """Tables of many rows: of others a plan may well read all."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [_MANY])
        return {name for (name,) in cursor.fetchall()}


def _timed(ask: Callable[[], Any]) -> tuple[list[float], float, float]:
    """(seconds of each of some requests, CPU seconds of this process for one, and of the database's)."""
    ask()
    took, cpu, beyond = [], time.process_time(), server_seconds() or 0.0
    for _ in range(_REQUESTS):
        began = time.perf_counter()
        answer = ask()
        took.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    return took, (time.process_time() - cpu) / _REQUESTS, ((server_seconds() or 0.0) - beyond) / _REQUESTS


if __name__ == "__main__":
    main()
