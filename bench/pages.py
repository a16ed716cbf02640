"""`make bench-pages`: server time and query counts of the pages an officer lives on, over 100,000 cases on PostgreSQL.

Makes a database of its own on the server of DATABASE_URL and drops it again (`--keep` keeps it for the next run).
Times are of the whole request inside one process: middleware, view, template, database; without the network.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.database import configure, execute
from bench.machine import machine

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
NAME = "probity_bench_pages"
REQUESTS, CLAIMS = 60, 50
TARGETS = {"queue": 150, "case page": 300, "peek": 100, "search": 200}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    server = os.environ["DATABASE_URL"]
    fresh = _make_database(server)
    with tempfile.TemporaryDirectory() as folder:
        configure(server, NAME, folder)
        if fresh:
            _fill(options.cases, options.entries)
        _print(_measure())
        _close_connections()
    if not options.keep:
        execute(server, f"DROP DATABASE {NAME}")


def _make_database(server: str) -> bool:
    """True where it is new and empty."""
    if execute(server, f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):
        return False
    execute(server, f"CREATE DATABASE {NAME}")
    return True


def _fill(cases: int, entries: int) -> None:
    from django.core.management import call_command

    from bench.pages_seed import seed_cases
    from compliance_site.demo import seed_demo

    print(f"seeding {cases:,} cases and {entries:,} entries of the record", flush=True)
    call_command("migrate", verbosity=0)
    seed_demo()
    _make_people()
    _work_until_done()
    seed_cases(cases, entries)


def _make_people() -> None:
    from accounts.enums import Role
    from accounts.services import create_person
    from core.actor import system_actor

    for number in range(CLAIMS):
        create_person(
            username=f"bench{number}", full_name=f"Bench {number}", role=Role.REVIEWER,
            password="a benchmark's own password", by=system_actor("bench"),
        )  # fmt: skip


def _work_until_done() -> None:
    """Has the demonstration's runs and assessments done by the product."""
    from workflows.dispatcher import EmbeddedDispatcher
    from workflows.models import Run

    dispatcher = EmbeddedDispatcher(2)
    dispatcher.start()
    deadline = time.monotonic() + 180
    while Run.objects.filter(state="running").exists() and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(5)
    dispatcher.stop()


def _measure() -> list[tuple[str, list[float], int | str]]:
    from django.test import Client

    from accounts.models import User
    from cases.models import Case
    from customers.models import Party

    draw = random.Random(7)
    client = Client()
    client.force_login(User.objects.get(username="bench0"))
    open_cases = list(Case.objects.exclude(status="closed").values_list("pk", flat=True)[:5000])
    names = list(Party.objects.values_list("name", flat=True)[:5000])
    views = ("open", "mine", "unassigned", "approval", "today", "breached", "closed")
    work: dict[str, Callable[[], Any]] = {
        "queue": lambda: client.get("/cases/", {"view": draw.choice(views), "page": draw.randint(1, 5)}),
        "case page": lambda: client.get(f"/cases/{draw.choice(open_cases)}/"),
        "case page with its fragments": lambda: _with_fragments(client, f"/cases/{draw.choice(open_cases)}/"),
        "peek": lambda: client.get(f"/cases/{draw.choice(open_cases)}/peek/", headers={"HX-Request": "true"}),
        "search": lambda: client.post("/search/", {"q": draw.choice(names)}),
        "search, name misspelled": lambda: client.post("/search/", {"q": _misspelled(draw, draw.choice(names))}),
        "dashboard figure, slowest": lambda: _figures(client),
        "record, first page": lambda: client.get("/audit/"),
    }
    found: list[tuple[str, list[float], int | str]] = []
    for name, ask in work.items():
        number = 5 if "slowest" in name or "record" in name else REQUESTS
        ask()
        took = sorted(_timed(ask) for _ in range(number))
        found.append((name, took, _queries(ask)))
    found.append(("claims at once", *_claims()))
    return found


def _with_fragments(client: Any, url: str) -> Any:
    page = client.get(url)
    for path in re.findall(r'hx-get="([^"]+)"[^>]*hx-trigger="load', page.content.decode()):
        client.get(path.replace("&amp;", "&"), headers={"HX-Request": "true"})
    return page


def _figures(client: Any) -> Any:
    from reporting.metrics import METRICS

    return max((_answer(client, code) for code in METRICS), key=lambda told: told[0])[1]


def _answer(client: Any, code: str) -> tuple[float, str]:
    return _timed(lambda: client.get(f"/reporting/{code}/", headers={"HX-Request": "true"})), code


def _misspelled(draw: random.Random, name: str) -> str:
    """Two neighbouring letters changed about, beyond the first two."""
    place = draw.randrange(2, len(name) - 2)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _timed(ask: Callable[[], Any]) -> float:
    before = time.perf_counter()
    answer = ask()
    took = time.perf_counter() - before
    if getattr(answer, "status_code", 200) != 200:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    return took


def _queries(ask: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def _claims() -> tuple[list[float], str]:
    """Everybody asks for the next case in the same moment."""
    from django.db import connections

    from accounts.models import User
    from cases.services import claim_next_case

    people = list(User.objects.filter(username__startswith="bench"))
    got: list[Any] = []

    def claim(person: User) -> float:
        try:
            return _timed(lambda: got.append(claim_next_case(by=person.actor)))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        took = sorted(pool.map(claim, people))
    cases = {case.pk for case in got if case is not None}
    return took, f"{len(cases)} cases of {len(people)} people"


def _print(rows: list[tuple[str, list[float], int | str]]) -> None:
    from cases.models import Case

    with_entries = execute(os.environ["DATABASE_URL"], "SELECT count(*) FROM audit_entry")[0]
    print(f"\n{machine('PostgreSQL', f'{Case.objects.count():,} cases', f'{with_entries:,} entries')}\n")
    print("| page | p50 ms | p95 ms | aim p95 | queries |\n|---|---:|---:|---:|---|")
    for name, took, queries in rows:
        aim = TARGETS.get(name, "")
        p95 = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(f"| {name} | {median(took) * 1000:.0f} | {p95 * 1000:.0f} | {aim} | {queries} |")


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main()
