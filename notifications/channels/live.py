"""Live updates: hints over websockets that something changed. What it is, the browser asks for itself."""

import asyncio
from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

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


class LiveChannel:
    """Publishes to the queue's group and the case's, or to that of long work."""

    name = "live"

    def send(self, event: str, payload: Mapping[str, Any]) -> None:
        message = {"type": "hint", "event": event, **payload}
        groups = [work_group(payload["work"])] if "work" in payload else [QUEUE_GROUP, case_group(payload["case"])]
        _run(_publish(groups, message))


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
