"""`make bench-delivery`: a CSV file to stored alerts by every shipped finance scenario, on PostgreSQL.

Makes a database of its own on the server of DATABASE_URL and drops it again. The file is of the quiet background of
`bench.monitoring`, longer or shorter: one row a payment, seen from the sender or the receiver, all of them customers.
"""

import argparse
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.database import database_of_its_own
from bench.machine import machine

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
NAME = "probity_bench_delivery"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--heaviest", type=int, default=200_000, help="rows of one account among them, a firm's")
    options = parser.parse_args()
    with database_of_its_own(NAME) as folder:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _print(_measured(folder, options.rows, options.heaviest))


def written(path: Path, rows: int, heaviest: int) -> list[str]:
    """Writes the file; the customers that it is about. One shop gets so many of the rows, from everybody."""
    from bench import monitoring

    monitoring.PEOPLE = max(600, round(rows * 12_000 / 356_000))
    payments = monitoring.quiet_background().sample(fraction=1, shuffle=True, seed=3).head(rows).with_row_index("n")
    is_shop = pl.col("n") < heaviest
    payments = payments.with_columns(
        pl.when(is_shop).then(pl.lit("F0")).otherwise("receiver_account").alias("receiver_account")
    )
    out = pl.Series(np.random.default_rng(11).random(len(payments)) < 0.5) & (payments["n"] >= heaviest)
    own, other = (
        pl.when(out == is_out).then(pl.col("sender_account")).otherwise(pl.col("receiver_account"))
        for is_out in (True, False)
    )
    file = payments.sort("timestamp").select(
        pl.format("T{}", "n").alias("external_id"), own.alias("customer_external_id"), own.alias("account"),
        pl.when(out).then(pl.lit("out")).otherwise(pl.lit("in")).alias("direction"), "amount", "currency",
        other.alias("counterparty_account"), pl.col("timestamp").alias("booked_at"),
    )  # fmt: skip
    file.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%SZ")
    return [str(name) for name in file["customer_external_id"].unique()]


def _prepared(path: Path, rows: int, heaviest: int) -> tuple[Any, int]:
    """The uploaded file, and by how many scenarios it will be judged."""
    from django.core.files.base import File

    from accounts.enums import Role
    from accounts.services import create_person
    from cases.services import ensure_case_configuration
    from core.actor import system_actor
    from customers.models import Customer, Party
    from monitoring.enums import ScenarioState
    from monitoring.models import ScenarioVersion
    from monitoring.services import ensure_shipped_scenarios, open_import
    from workflows.services import ensure_shipped_workflows

    by = system_actor("bench")
    ensure_shipped_workflows()
    ensure_case_configuration()
    person = create_person(
        username="bench", full_name="Bench", role=Role.ANALYST, password="a benchmark's own password", by=by
    )
    names = written(path, rows, heaviest)
    parties = Party.objects.bulk_create([Party(kind="person", name=name) for name in names], batch_size=5000)
    Customer.objects.bulk_create(
        [
            Customer(
                party=party, external_id=party.name, product="savings", channel="branch", registered_by_person=person
            )
            for party in parties
        ],
        batch_size=5000,
    )
    ensure_shipped_scenarios()
    finance = ScenarioVersion.objects.filter(definition__domain="finance")
    finance.update(state=ScenarioState.LIVE)
    with path.open("rb") as stream:
        item = open_import(file=File(stream), name="payments.csv", customer_external_id="", by=person.actor)
    return (item, person.actor), finance.count()


class _Watch:
    """The progress of the work, and when each stage began."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, float, float]] = []

    def report(self, done: int, total: int | None = None, stage: str = "") -> None:
        if not self.stages or self.stages[-1][0] != stage:
            self.stages.append((stage, time.monotonic(), time.process_time()))


def _measured(folder: Path, rows: int, heaviest: int) -> list[tuple[str, str, str]]:
    from monitoring.models import Alert, Finding, Transaction
    from monitoring.works import run_import
    from workflows.engine.long_work import WorkContext

    (item, by), scenarios = _prepared(folder / "payments.csv", rows, heaviest)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    watch = _Watch()
    run_import(WorkContext(item.pk, {"import_id": str(item.pk)}, folder, by), watch)
    watch.report(0, stage="end")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    told = [
        (stage, f"{end[1] - at:.0f} ({end[2] - cpu:.0f}) s", "")
        for (stage, at, cpu), end in zip(watch.stages, watch.stages[1:], strict=False)
    ]
    (_, begun, cpu_before), (_, ended, cpu_after) = watch.stages[0], watch.stages[-1]
    stored = f"{Transaction.objects.count():,} transactions, {Finding.objects.count():,} findings, {Alert.objects.count():,} alerts"
    return [
        *told,
        (
            f"{rows:,} rows to stored alerts",
            f"{ended - begun:.0f} ({cpu_after - cpu_before:.0f}) s",
            f"{scenarios} scenarios live, one account with {heaviest:,} rows; aim 90 s",
        ),
        ("stored", "", stored),
        ("memory", f"{peak:.1f} GB", f"at most, {before:.1f} GB before; aim 4 GB"),
    ]


def _print(rows: list[tuple[str, str, str]]) -> None:
    print(f"\n{machine('PostgreSQL')}; seconds are wall, those in brackets of CPU of the worker")
    for name, value, note in rows:
        print(f"| {name:<34} | {value:>15} | {note} |")


if __name__ == "__main__":
    main()
