"""`make bench-online`: ingest → features → rules → alert, of transactions that arrive one by one, on PostgreSQL.

Transactions arrive at a fixed rate (`--rate` a second, for `--seconds`), whether the work keeps up or not; the time of
each runs from its arrival to the commit of its assessment. One process does all of it in turn: what has arrived is
stored, then assessed by every shipped scenario of finance, live. Runs on a database of its own, made and dropped here.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
import numpy as np

from bench.audit import database, drop
from bench.machine import machine

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
CUSTOMERS, HISTORY = 500, 40


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PROBITY_DATA_DIR": folder, "DATABASE_URL": database("probity_bench_online")}
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        names, scenarios = _seed()
        print(f"\n{machine()}; {len(names):,} customers with {HISTORY} transactions, {scenarios} scenarios live")
        for name, value in _run(names, options.rate, options.seconds):
            print(f"| {name:<46} | {value:>14} |")
        connection.close()
    drop("probity_bench_online")


def _row(number: int, customer: str, rng: random.Random, at: Any) -> dict[str, Any]:
    return {
        "external_id": f"T{number}", "customer_external_id": customer, "account": f"A{customer}",
        "direction": rng.choice(("in", "out")), "amount": f"{rng.lognormvariate(5, 1.2) + 0.01:.2f}", "currency": "EUR",
        "type": rng.choice(("transfer", "card", "cash")), "counterparty_account": f"X{rng.randrange(20_000)}",
        "counterparty_country": rng.choice(("DE", "FR", "GB", "US")), "reference": "invoice", "booked_at": at,
    }  # fmt: skip


def _seed() -> tuple[list[str], int]:
    from accounts.enums import Role
    from accounts.models import ApiClient, User
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
    parties = Party.objects.bulk_create(Party(kind=PartyKind.PERSON, name=f"Person {n}") for n in range(CUSTOMERS))
    admin = User.objects.create_user(username="bench", role=Role.ADMINISTRATOR)
    client = ApiClient.objects.create(name="bench", created_by=admin, scopes=[])
    Customer.objects.bulk_create(
        Customer(party=party, external_id=f"C{n}", product="savings", channel="branch", registered_by_client=client)
        for n, party in enumerate(parties)
    )
    names = [f"C{n}" for n in range(CUSTOMERS)]
    for number in range(HISTORY):
        at = now() - timedelta(days=rng.uniform(1, 300))
        rows = [_row(n * HISTORY + number, name, rng, at) for n, name in enumerate(names)]
        ingest_transactions(rows=rows, source="bench", by=by)
    PendingAssessment.objects.all().delete()
    definitions = shipped_scenarios(named_lists_that_ship(high_risk_countries()))
    for definition in definitions:
        publish_scenario(definition=definition, by=by)
    return names, len(definitions)


def _run(names: list[str], rate: int, seconds: int) -> list[tuple[str, str]]:
    from core.actor import system_actor
    from core.clock import now
    from monitoring.models import Alert
    from monitoring.services import assess_pending, ingest_transactions, pending_customers

    rng, by, number = random.Random(11), system_actor("bench"), 10**7
    ingest_transactions(rows=[_row(number - 1, names[0], rng, now())], source="bench", by=by)
    assess_pending(pending_customers(1)[0])  # loads Polars and compiles
    taken: list[float] = []
    begun, cpu, done, stage = time.monotonic(), time.process_time(), 0, [0.0, 0.0]
    while done < rate * seconds:
        arrived = min(int((time.monotonic() - begun) * rate), rate * seconds)
        if arrived == done:
            time.sleep(0.001)
            continue
        started = time.monotonic()
        rows = [_row(number + n, rng.choice(names), rng, now()) for n in range(done, arrived)]
        ingest_transactions(rows=rows, source="bench", by=by)
        stored = time.monotonic()
        while due := pending_customers(1):
            assess_pending(due[0])
        ended = time.monotonic()
        stage = [stage[0] + stored - started, stage[1] + ended - stored]
        taken += [ended - begun - n / rate for n in range(done, arrived)]
        done = arrived
        if ended - begun > 3 * seconds:
            break
    wall, used = time.monotonic() - begun, time.process_time() - cpu
    p50, p95, p99 = (float(np.percentile(taken, share)) * 1000 for share in (50, 95, 99))
    return [
        (f"transactions, arriving at {rate} a second", f"{done:,}"), ("kept up with", f"{done / wall:,.0f} /s"),
        ("p50, arrival to committed assessment", f"{p50:,.0f} ms"), ("p95", f"{p95:,.0f} ms"), ("p99", f"{p99:,.0f} ms"),
        ("CPU a transaction (without PostgreSQL's)", f"{used / done * 1000:.1f} ms"),
        ("of the time, storing", f"{stage[0] / sum(stage):.0%}"), ("alerts raised", f"{Alert.objects.count():,}"),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
