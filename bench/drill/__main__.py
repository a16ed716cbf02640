"""`make drill`: submissions with documents, transactions and reviewers' clicks while the product's parts are broken.

Seeded faults fall on web processes, workers, Redis, PostgreSQL, the storage and the model's provider. The clients keep a
ledger of what was acknowledged; at the end it is held against the database, the data folder and the record.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from bench.machine import machine
from bench.workflows.cluster import Cluster, cluster

_FAULTS = {"short": 20, "long": 120}
_PATIENCE = 600


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--profile", choices=list(_FAULTS), default="short")
    arguments.add_argument("--every", type=float, default=2.0, help="seconds between two submissions, and two faults")
    arguments.add_argument("--seed", type=int, default=7)
    told = arguments.parse_args()
    with cluster() as made:
        os.environ.update(made.environment | {"PROBITY_LOG_LEVEL": "ERROR"})
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
        import django

        django.setup()
        return _drilled(made, told)


def _drilled(made: Cluster, told: argparse.Namespace) -> int:
    from django.db import connection

    from bench.drill.faults import LEASE, WORKERS, Faults
    from bench.drill.load import Ledger, Load
    from bench.drill.model import Model
    from bench.drill.site import Site
    from bench.drill.verdict import left_over, verdict

    print(machine(f"2 web processes, {WORKERS} workers", f"lease {LEASE} s", f"seed {told.seed}"), flush=True)
    model = Model()
    site = Site(made, model.environment | {"PROBITY_STEP_LEASE_SECONDS": str(LEASE), "PROBITY_LOG_LEVEL": "WARNING"})
    ledger = Ledger(made.folder / "ledger")
    try:
        load = Load(site.url, _prepared(), ledger, told.every)
        site.start_web()
        for _ in range(WORKERS):
            site.start_worker()
        load.start()
        faults = Faults(site, model, told.seed)
        _until(lambda: bool(ledger.keys("transaction")))
        began = time.monotonic()
        for _ in range(_FAULTS[told.profile]):
            time.sleep(told.every)
            faults.one(ledger)
        faults.heal()
        load.stop()
        connection.close()  # the driver's own broke with the others
        broken = time.monotonic() - began
        drained = _until(lambda: not left_over())
        recovered = sorted(faults.recoveries)
        print(f"{faults.counted.total()} faults in {broken:.0f} s: {dict(faults.counted)}")
        print(
            f"until something was acknowledged again: median {statistics.median(recovered):.1f} s, most {recovered[-1]:.1f} s"
        )
        print(
            f"requests sent again {ledger.again}; worked off {drained:.0f} s after the last; model asked {model.asked} times"
        )
        lines = verdict(ledger)
    finally:
        site.end()
        model.end()
    for what, count, is_failure in lines:
        print(f"{count:6d}  {what}{'  <- FAILURE' if is_failure and count else ''}")
    return int(any(is_failure and count for _, count, is_failure in lines))


def _prepared() -> str:
    """What ships, a list to screen by, two people, a program: its key."""
    from accounts.enums import Role
    from accounts.models import User
    from accounts.roles import permissions_of
    from accounts.services import create_api_client, create_api_key, create_person
    from bench.drill.load import PASSWORD
    from compliance_site.shipped import ensure_what_ships
    from core.actor import system_actor
    from screening.demo_list import import_demo_list

    ensure_what_ships()
    by = system_actor("drill")
    for role in (Role.ANALYST, Role.REVIEWER, Role.ADMINISTRATOR):
        username = f"drill.{role}"
        create_person(username=username, full_name=username, role=role, password=PASSWORD, by=by)
    administrator = User.objects.get(username="drill.administrator").actor
    import_demo_list(by=administrator)
    client = create_api_client(name="drill", scopes=sorted(permissions_of(Role.SERVICE_ACCOUNT)), by=administrator)
    return create_api_key(client_id=client.pk, valid_for=timedelta(days=1), by=administrator)[1]


def _until(holds: Callable[[], bool]) -> float:
    """Waits until it holds, _PATIENCE at most; the seconds that took."""
    began = time.monotonic()
    while not holds() and time.monotonic() - began < _PATIENCE:
        time.sleep(0.5)
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
