"""Makes a record of some length with checkpoints and an anchor, as workers would."""

from django.db import transaction

from audit.actions import define
from audit.models import AuditEntry
from audit.services import anchor_checkpoints, place_pending, record
from core.actor import system_actor

NOTED = define("drill.noted", "noted {after[number]}")
BY = system_actor("drill")


def note(number: int, stream: str = "") -> AuditEntry:
    """One entry on one of three streams."""
    with transaction.atomic():
        return record(NOTED, by=BY, object_type="thing", object_id=number, stream=stream or f"case:{number % 3}",
                      after={"number": number})  # fmt: skip


def log_of(*batches: int, anchored: bool = True, first: int = 0) -> list[AuditEntry]:
    """A record placed in batches of these sizes, each with a checkpoint; numbers begin at `first`."""
    made: list[AuditEntry] = []
    for size in batches:
        made += [note(first + len(made) + offset) for offset in range(size)]
        place_pending()
        if anchored:
            anchor_checkpoints()
    return made
