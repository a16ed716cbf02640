"""`make bench-online`: ingest → features → rules → alert, of transactions that arrive one by one, on PostgreSQL.

Transactions arrive at a fixed rate (`--rates`, one after the other, for `--seconds` each), whether the work keeps up or not; the
time of each runs from its arrival to the commit of its assessment. One process does all of it in turn: what has arrived is stored,
then assessed by every shipped scenario of finance, live. Runs on a database of its own, made and dropped here.

Two mixes. `everyday`, the stated profile: 4,000 customers with a year behind them, each paying once in the run, `--share` percent
of the payments to a high-risk country, which raises an alert. `busy`: 500 customers pay again and again within seconds, all with the
reference “invoice”, so that many payments raise alerts; nothing that a bank sees, but what a flood of alerts costs.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
import numpy as np

from bench.audit import database, drop
from bench.database import server_seconds
from bench.machine import machine

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
_AT_ONCE = 1000
_EVERYDAY = ("rent", "salary", "groceries", "electricity", "phone bill", "pocket money", "insurance", "gym")


@dataclass(frozen=True)
class Mix:
    """Who pays: so many customers with so many payments behind them each, and with which references."""

    customers: int
    history: int
    references: tuple[str, ...]
    is_once: bool


MIXES = {"everyday": Mix(4000, 12, _EVERYDAY, is_once=True), "busy": Mix(500, 40, ("invoice",), is_once=False)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=int, nargs="+", default=[50, 100, 200])
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--mix", choices=MIXES, default="everyday")
    parser.add_argument("--share", type=float, default=0.7, help="percent of everyday payments that raise an alert")
    options = parser.parse_args()
    mix = MIXES[options.mix]
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PROBITY_DATA_DIR": folder, "DATABASE_URL": database("probity_bench_online")}
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        scenarios = _seed(mix)
        print(f"\n{machine('PostgreSQL')}; {options.mix}: {mix.customers:,} customers with {mix.history} transactions each, "
              f"{scenarios} scenarios live")  # fmt: skip
        rows = _arrivals(mix, options.share / 100)
        _settle_in(rows)
        for rate in options.rates:
            for name, value in _run(rows, rate, options.seconds):
                print(f"| {name:<58} | {value:>12} |", flush=True)
        connection.close()
    drop("probity_bench_online")


def _row(number: int, customer: int, reference: str, country: str, rng: random.Random, at: Any) -> dict[str, Any]:
    return {
        "external_id": f"T{number}", "customer_external_id": f"C{customer}", "account": f"AC{customer}",
        "direction": rng.choice(("in", "out")), "amount": f"{rng.lognormvariate(5, 1.2) + 0.01:.2f}", "currency": "EUR",
        "type": rng.choice(("transfer", "card", "cash")), "counterparty_account": f"X{rng.randrange(20_000)}",
        "counterparty_country": country, "reference": reference, "booked_at": at,
    }  # fmt: skip


def _country(rng: random.Random) -> str:
    return rng.choice(("DE", "FR", "GB", "US"))


def _seed(mix: Mix) -> int:
    """Customers with a past, every finance scenario live; how many."""
    from accounts.enums import Role
    from accounts.models import ApiClient, User
    from cases.services import ensure_case_configuration
    from core.actor import system_actor
    from core.clock import now
    from customers.enums import PartyKind
    from customers.models import Customer, Party
    from customers.selectors import high_risk_countries
    from monitoring.lists import named_lists_that_ship
    from monitoring.models import PendingAssessment
    from monitoring.scenarios.catalogue import shipped_scenarios
    from monitoring.services import ingest_transactions, publish_scenario

    rng, by = random.Random(7), system_actor("bench")
    ensure_case_configuration()
    parties = Party.objects.bulk_create(Party(kind=PartyKind.PERSON, name=f"Person {n}") for n in range(mix.customers))
    admin = User.objects.create_user(username="bench", role=Role.ADMINISTRATOR)
    client = ApiClient.objects.create(name="bench", created_by=admin, scopes=[])
    Customer.objects.bulk_create(
        Customer(party=party, external_id=f"C{n}", product="savings", channel="branch", registered_by_client=client)
        for n, party in enumerate(parties)
    )
    past = [
        _row(
            n,
            n % mix.customers,
            rng.choice(mix.references),
            _country(rng),
            rng,
            now() - timedelta(days=rng.uniform(1, 300)),
        )
        for n in range(mix.customers * mix.history)
    ]
    for start in range(0, len(past), _AT_ONCE):
        ingest_transactions(rows=past[start : start + _AT_ONCE], source="bench", by=by)
    PendingAssessment.objects.all().delete()
    definitions = shipped_scenarios(named_lists_that_ship(high_risk_countries()))
    for definition in definitions:
        publish_scenario(definition=definition, by=by)
    return len(definitions)


def _arrivals(mix: Mix, share: float) -> Iterator[dict[str, Any]]:
    """Payments of now, one after the other, for as long as anybody asks."""
    from core.clock import now

    rng, number, order = random.Random(11), 10**7, list(range(mix.customers))
    rng.shuffle(order)
    while True:
        who = order[number % mix.customers] if mix.is_once else rng.choice(order)
        is_risky = mix.is_once and rng.random() < share
        yield _row(number, who, rng.choice(mix.references), "KP" if is_risky else _country(rng), rng, now())
        number += 1


def _settle_in(rows: Iterator[dict[str, Any]]) -> None:
    """Loads Polars, compiles, and raises the first alert, which loads what cases take."""
    _assessed([next(rows) for _ in range(20)])
    _assessed([next(rows) | {"counterparty_country": "KP"}])


def _assessed(rows: list[dict[str, Any]]) -> tuple[float, float]:
    """Stores and assesses; the seconds that each took."""
    from core.actor import system_actor
    from monitoring.services import assess_pending, ingest_transactions, pending_customers

    begun = time.monotonic()
    ingest_transactions(rows=rows, source="bench", by=system_actor("bench"))
    stored = time.monotonic()
    while due := pending_customers(1):
        assess_pending(due[0])
    return stored - begun, time.monotonic() - stored


def _run(rows: Iterator[dict[str, Any]], rate: int, seconds: int) -> Iterator[tuple[str, str]]:
    from monitoring.models import Alert

    taken: list[float] = []
    done, batches, stage = 0, 0, [0.0, 0.0]
    alerts, server = Alert.objects.count(), server_seconds()
    begun, cpu = time.monotonic(), time.process_time()
    while done < rate * seconds and time.monotonic() - begun < 3 * seconds:
        arrived = min(int((time.monotonic() - begun) * rate), rate * seconds)
        if arrived == done:
            time.sleep(0.001)
            continue
        storing, assessing = _assessed([next(rows) for _ in range(done, arrived)])
        ended = time.monotonic() - begun
        stage = [stage[0] + storing, stage[1] + assessing]
        taken += [ended - n / rate for n in range(done, arrived)]
        done, batches = arrived, batches + 1
    wall, used = time.monotonic() - begun, time.process_time() - cpu
    p50, p95, p99 = (float(np.percentile(taken, share)) * 1000 for share in (50, 95, 99))
    raised = Alert.objects.count() - alerts
    yield f"**{rate} a second** for {seconds} s: kept up with", f"{done / wall:,.0f} /s"
    yield "p50, arrival to committed assessment", f"{p50:,.0f} ms"
    yield "p95", f"{p95:,.0f} ms"
    yield "p99 (aim: 50 ms at 200 a second)", f"{p99:,.0f} ms"
    yield "CPU a transaction, user and system", f"{used / done * 1000:.1f} ms"
    after = server_seconds()
    if server is not None and after is not None:
        yield "and of the database's process for it", f"{(after - server) / done * 1000:.1f} ms"
    yield "transactions assessed together, on average", f"{done / batches:.1f}"
    yield "of the time, storing", f"{stage[0] / sum(stage):.0%}"
    yield f"alerts raised: {raised:,} of {done:,} transactions", f"{raised / done:.2%}"


if __name__ == "__main__":
    main()
