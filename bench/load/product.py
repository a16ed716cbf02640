"""The product's side of the load: what must be there before, how much waits, and what is missing afterwards. Django is set up."""

from collections.abc import Iterable
from datetime import timedelta

from accounts.enums import Role
from accounts.models import User
from accounts.roles import permissions_of
from accounts.services import create_api_client, create_api_key, create_person
from cases.models import Decision, Submission
from compliance_site.shipped import ensure_what_ships
from core.actor import system_actor
from core.clock import now
from monitoring.models import PendingAssessment, Transaction
from screening.demo_list import import_demo_list
from workflows.selectors import steps_waiting_since

_REQUESTS_A_MINUTE = 100_000


def prepared(officers: int, password: str) -> str:
    """What ships, a list to screen by, officers `load.0` and on, a program: its key."""
    ensure_what_ships()
    by = system_actor("load")
    for number in range(officers):
        name = f"load.{number}"
        create_person(username=name, full_name=name, role=Role.ANALYST, password=password, by=by)
    create_person(username="load.admin", full_name="load.admin", role=Role.ADMINISTRATOR, password=password, by=by)
    administrator = User.objects.get(username="load.admin").actor
    import_demo_list(by=administrator)
    client = create_api_client(name="load", scopes=sorted(permissions_of(Role.SERVICE_ACCOUNT)), by=administrator)
    told = create_api_key(
        client_id=client.pk, valid_for=timedelta(days=1), per_minute=_REQUESTS_A_MINUTE, by=administrator
    )
    return told[1]


def waiting() -> int:
    """Steps and assessments that are due."""
    return steps_waiting_since(now()).count() + PendingAssessment.objects.filter(run_at__lte=now()).count()


def lost(ledger: Iterable[str]) -> dict[str, int]:
    """How much of what was acknowledged is not in the database, by what it is."""
    told: dict[str, set[str]] = {"submission": set(), "transaction": set(), "decision": set()}
    for line in ledger:
        kind, _, key = line.partition(" ")
        told[kind].add(key)
    rows = {
        "submission": Submission.objects.values_list("case__customer__external_id", flat=True),
        "transaction": Transaction.objects.values_list("external_id", flat=True),
        "decision": (str(pk) for pk in Decision.objects.values_list("pk", flat=True)),
    }
    return {f"acknowledged and not there: {kind}s": len(told[kind] - set(found)) for kind, found in rows.items()}
