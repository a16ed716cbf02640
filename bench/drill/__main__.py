"""`make drill`: submissions with documents, transactions and reviewers' clicks while the product's parts are broken.

Seeded faults fall on web processes, workers, Redis, PostgreSQL, the disk, clocks, the language model and the screening
provider; processes die at enumerated points. The clients keep a ledger of what was acknowledged; at the end it is held against
the database, the data folder and the record. `--control` shows that a product that loses or doubles is found out.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from bench.machine import machine
from bench.workflows.cluster import Cluster, cluster

if TYPE_CHECKING:  # they import models, which wait for the settings
    from bench.drill.faults import Faults
    from bench.drill.load import Ledger

_PROFILES = {"short": (14, 1), "long": (100, 2)}  # (faults drawn by the seed, rounds over every fail point)
_PATIENCE = 600
_CONTROLLED = 60
_CONTROLS = {
    "fencing": "DOUBLED",
    "promising": "LOST",
}  # what the drill must find without the fence, or with empty promises


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--profile", choices=list(_PROFILES), default="short")
    arguments.add_argument("--every", type=float, default=2.0, help="seconds between two submissions, and two faults")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--control", choices=list(_CONTROLS), default="", help="a product that must be found out")
    told = arguments.parse_args()
    with cluster() as made:
        os.environ.update(made.environment | {"PROBITY_LOG_LEVEL": "ERROR"})
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
        import django

        django.setup()
        return _drilled(made, told)


def _drilled(made: Cluster, told: argparse.Namespace) -> int:
    from bench.drill.faults import LEASE, WORKERS, Faults
    from bench.drill.load import Ledger, Load
    from bench.drill.others import language_model, model_environment, screening_provider
    from bench.drill.site import Site

    control = f"CONTROL {told.control}" if told.control else f"seed {told.seed}"
    print(machine(f"2 web processes, {WORKERS} workers", f"lease {LEASE} s", control), flush=True)
    model, provider, ledger = language_model(), screening_provider(), Ledger(made.folder / "ledger")
    site = Site(made, model_environment(model) | {
        "PROBITY_STEP_LEASE_SECONDS": str(LEASE), "PROBITY_LOG_LEVEL": "WARNING", "DRILL_CONTROL": told.control,
        "PROBITY_FETCH_ALLOWED_HOSTS": "127.0.0.1", "PROBITY_LEAST_FREE_MB": "0",
    })  # fmt: skip
    try:
        load = Load(site.url, _prepared(provider.url), ledger, told.every)
        site.start_web()
        for _ in range(WORKERS):
            site.start_worker()
        load.start()
        drawn, rounds = _PROFILES[told.profile]
        faults = Faults(site, model, provider, seed=told.seed, rounds=rounds, drawn=drawn)
        _until(lambda: bool(ledger.keys("transaction")))
        broken = _break(faults, ledger, told)
        load.stop()
        failures = _counted(broken, faults, ledger)
        print(f"sent again {ledger.again}; model asked {dict(model.asked)}, provider asked {dict(provider.asked)}")
    finally:
        site.end()
        model.end()
        provider.end()
    if not told.control:
        return int(bool(failures))
    is_found = any(_CONTROLS[told.control] in failure for failure in failures)
    print("the control was found out, as it must be" if is_found else "NOT FOUND OUT: this drill would find nothing")
    return int(not is_found)


def _break(faults: "Faults", ledger: "Ledger", told: argparse.Namespace) -> float:
    """Every fault one after another, none for a control, whose load goes on for a minute; the seconds that took."""
    began = time.monotonic()
    if told.control:
        time.sleep(_CONTROLLED)
    for name, act in [] if told.control else faults.all:
        time.sleep(told.every)
        faults.one(name, act, ledger)
    faults.heal()
    return time.monotonic() - began


def _counted(broken: float, faults: "Faults", ledger: "Ledger") -> list[str]:
    """Prints what is found at the end, line by line; those that are failures."""
    from django.db import connection

    from bench.drill.verdict import left_over, verdict

    connection.close()  # the driver's own broke with the others
    drained, recovered = _until(lambda: not left_over()), sorted(faults.recoveries) or [0.0]
    print(f"{faults.counted.total()} faults in {broken:.0f} s: {dict(sorted(faults.counted.items()))}")
    print(f"points that nobody came by in time: {dict(faults.unreached) or 'none'}")
    print(
        f"until something was acknowledged again: median {statistics.median(recovered):.1f} s, most {recovered[-1]:.1f} s"
    )
    print(f"worked off {drained:.0f} s after the last")
    lines = verdict(ledger)
    for what, count, is_failure in lines:
        print(f"{count:6d}  {what}{'  <- FAILURE' if is_failure and count else ''}")
    return [what for what, count, is_failure in lines if is_failure and count]


def _prepared(provider: str) -> str:
    """What ships, a list and a provider to screen by, two people, a program: its key."""
    from accounts.enums import Role
    from accounts.models import User
    from accounts.roles import permissions_of
    from accounts.services import create_api_client, create_api_key, create_person
    from bench.drill.load import PASSWORD
    from compliance_site.shipped import ensure_what_ships
    from core.actor import system_actor
    from screening.demo_list import import_demo_list
    from screening.enums import ProviderKind
    from screening.services import set_provider

    ensure_what_ships()
    by = system_actor("drill")
    for role in (Role.ANALYST, Role.REVIEWER, Role.ADMINISTRATOR):
        username = f"drill.{role}"
        create_person(username=username, full_name=username, role=role, password=PASSWORD, by=by)
    administrator = User.objects.get(username="drill.administrator").actor
    import_demo_list(by=administrator)
    mapping = {"results": "hits", "fields": {"source_id": "id", "name": "name", "score": "score"}}
    set_provider(
        name="drill", kind=ProviderKind.REST, url=provider, mapping=mapping, timeout_seconds=3, by=administrator
    )
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
