"""Live updates: hints over websockets that something changed. What it is, the browser asks for itself."""

import asyncio
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from notifications.channels.base import Channel, Parcel, Receipt, Undelivered

QUEUE_GROUP = "queue"
_SECONDS = 5
_loop: asyncio.AbstractEventLoop | None = None


def serve_from(loop: asyncio.AbstractEventLoop) -> None:
    """Tells on which loop this process's websockets live: the in-memory layer's queues are bound to it."""
    global _loop  # noqa: PLW0603 - one server a process
    _loop = loop


def case_group(case_id: object) -> str:
    """The group of everybody who looks at a case."""
    return f"case-{case_id}"


def work_group(work_id: object) -> str:
    """The group of everybody who looks at a piece of long work."""
    return f"work-{work_id}"


def run_group(run_id: object) -> str:
    """The group of everybody who looks at a run."""
    return f"run-{run_id}"


def person_group(person_id: object) -> str:
    """The group of one person's open pages."""
    return f"person-{person_id}"


class LiveChannel(Channel):
    """Publishes to the queue's group and the case's, to that of long work or of a run, or to one person's own."""

    name = "live"
    label = "In the product"

    def send(self, parcel: Parcel) -> Receipt:
        payload = parcel.data
        groups = [group(payload[part]) for part, group in _GROUPS.items() if part in payload]
        if "case" in payload:
            groups.append(QUEUE_GROUP)
        groups += [person_group(key) for key in payload.get("people", ())]
        hint = {key: value for key, value in payload.items() if key != "people"}
        try:
            _run(_publish(groups, {"type": "hint", "event": parcel.event, **hint}))
        except (OSError, RedisError, TimeoutError) as error:
            raise Undelivered(f"the channel layer did not answer: {type(error).__name__}") from error
        return Receipt()


async def _publish(groups: list[str], message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    for group in groups:
        await layer.group_send(group, message)


def _run(publishing: Any) -> None:
    """On the server's loop where there is one in this process, else on a loop of this thread."""
    if _loop is None or _loop.is_closed():
        async_to_sync(_wait)(publishing)
    else:
        asyncio.run_coroutine_threadsafe(publishing, _loop).result(_SECONDS)


async def _wait(publishing: Any) -> None:
    await publishing


_GROUPS = {"work": work_group, "run": run_group, "case": case_group}
CHANNEL = LiveChannel()
