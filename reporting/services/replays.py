"""Having something computed again."""

from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.exceptions import NotFound
from reporting import actions
from reporting.replaying import REPLAYS
from workflows.services import start_work


@transaction.atomic
def start_replay(*, kind: str, pk: UUID, principal: Any, by: Actor) -> Any:
    """Has a worker compute an alert, a hit, a rating or a score again. Side effects: the work, an audit entry. Raises NotFound."""
    if kind not in REPLAYS:
        raise NotFound("There is nothing of this kind to compute again.")
    REPLAYS[kind].find(principal, pk)
    work = start_work(kind="replay", title=f"Replay of a {kind}", inputs={"kind": kind, "id": str(pk)}, by=by)
    record(actions.REPLAYED, by=by, object_type=kind, object_id=pk, after={"kind": kind})
    return work
