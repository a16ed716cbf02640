"""Moving everything sealed to the current key: by a worker with progress, or in a terminal."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from audit.actions import define
from audit.services import record
from core.actor import Actor
from core.exceptions import Conflict
from core.sealed import move_all, things_by_key, to_be_moved
from core.vault import installation_ring
from core.words import said
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

ROTATION = "rotate keys"
ROTATED = define("compliance_site.keys_rotated", "moved what is sealed to the key {after[key]} ({after[moved]} in all)")


def rotate(*, by: Actor, report: Callable[[int, int, str], None]) -> dict[str, int]:
    """Moves everything to the first key of the ring; how many of what. May be killed and run again.

    Side effects: each thing in a transaction or file of its own, at last an audit entry. Raises Conflict, before
    anything is moved, where something is sealed under a key that is not configured.
    """
    by_key = things_by_key()
    missing = sorted(set(by_key) - set(settings.DOCUMENT_KEYS) - {""})
    if missing:
        raise Conflict(
            said("Something is sealed under keys that are not configured: {missing}.", missing=", ".join(missing))
        )
    total = to_be_moved(by_key)
    moved = move_all(lambda done, name: report(done, total, name))
    with transaction.atomic():
        after = {"moved": sum(moved.values()), "key": installation_ring().current, "things": moved}
        record(ROTATED, by=by, object_type="installation", object_id="keys", stream="installation:keys", after=after)
    return moved


def keys_not_needed() -> list[str]:
    """Configured keys that nothing is sealed under any more and that are not the current one."""
    by_key = things_by_key()
    return [key for key in settings.DOCUMENT_KEYS if key not in by_key and key != installation_ring().current]


def _work(context: WorkContext, progress: Progress) -> WorkResult:
    return WorkResult({"moved": sum(rotate(by=context.by, report=progress.report).values())})


register_work(WorkKind(ROTATION, _work, "What was moved stays moved; all keys that are configured go on opening."))
