"""`make bench-archive`: old months of transactions into sealed files and back, over millions of rows on PostgreSQL.

Makes a database of its own on the server of DATABASE_URL and drops it again. Seconds of CPU are this process's and, beside them,
those of its connection in the server where that runs here. Nothing of the record is timed apart.
"""

import argparse
import resource
import time
from collections.abc import Callable
from typing import Any

from bench.database import database_of_its_own, server_seconds
from bench.machine import machine

_NAME = "probity_bench_archive"
_HEAD = "| what | rows | s by the clock | s of CPU | of the database |\n| --- | --- | --- | --- | --- |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, default=2_000_000, help="spread over the last five years")
    parser.add_argument("--customers", type=int, default=20_000)
    told = parser.parse_args()
    with database_of_its_own(_NAME):
        _measured(told)


def _measured(told: argparse.Namespace) -> None:
    from django.core.management import call_command
    from django.db import connection

    from bench.growth.seed import seed_few, seed_many, seed_transactions
    from core.actor import system_actor
    from customers.models import Customer
    from monitoring.models import ArchivedMonth, ArchivedShare, Transaction
    from monitoring.selectors import LEAST_MONTHS, archive_policy, archived_before, due_months
    from monitoring.services import archive_month, bring_back, damaged_months, publish_archive_policy
    from monitoring.services.archiving import forget_archived

    call_command("migrate", verbosity=0)
    seed_few()
    seed_many(cases=100, customers=told.customers, transactions=0)
    seed_transactions(told.transactions, accounts=2 * Customer.objects.count())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    by = system_actor("bench")
    publish_archive_policy(months=LEAST_MONTHS, by=by)
    before = archived_before(archive_policy())
    if before is None:
        raise SystemExit("the policy archives nothing")
    sizes = f"{told.transactions:,} transactions, {told.customers:,} customers"
    print("", machine("PostgreSQL", sizes), "", _HEAD, sep="\n", flush=True)
    months = due_months(before)
    _timed("months archived", lambda: sum(archive_month(month=month, before=before, by=by) for month in months))
    _timed("files proved", lambda: ArchivedMonth.objects.exclude(file="").count() - len(damaged_months()))
    _timed("one month brought back", lambda: bring_back(month=months[len(months) // 2], by=by))
    share = ArchivedShare.objects.order_by("-rows").first()
    if share is None:
        raise SystemExit("nothing was archived")
    files = ArchivedShare.objects.filter(customer=share.customer).count()
    _timed(f"a customer forgotten, in {files} files", lambda: forget_archived(customer_id=share.customer_id))
    size = sum(ArchivedMonth.objects.values_list("size", flat=True)) / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    left = Transaction.objects.count()
    print(f"\n{len(months)} months, {size:.0f} MiB in files, {left:,} rows left; {peak:.0f} MiB at most")


def _timed(what: str, work: Callable[[], Any]) -> Any:
    began, ours, theirs = time.monotonic(), time.process_time(), server_seconds()
    made = work()
    spent, own, of_server = time.monotonic() - began, time.process_time() - ours, server_seconds()
    database = f"{of_server - theirs:.1f}" if of_server is not None and theirs is not None else "not known"
    print(f"| {what} | {made:,} | {spent:.1f} | {own:.1f} | {database} |", flush=True)
    return made


if __name__ == "__main__":
    main()
