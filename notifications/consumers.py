"""The websocket of the pages: who may see cases is told that one changed."""

from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.selectors import must_set_up_a_factor, people
from core.ids import parse_id
from core.permissions import Permission
from notifications.channels.live import QUEUE_GROUP, case_group, person_group, run_group, work_group
from workflows.selectors import works_visible_to

_NOT_ALLOWED = 4403
_MOST_GROUPS = 20


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """Answers `{"watch": "queue" or "me"}` and `{"watch": "case", "run" or "work", "id": …}` with hints.

    Permission is checked at each.
    """

    async def connect(self) -> None:
        self.watched: set[str] = set()
        await self.accept()
        user = self.scope["user"]
        is_in = user.is_authenticated and user.is_active
        if not is_in or await database_sync_to_async(must_set_up_a_factor)(user):
            await self.close(_NOT_ALLOWED)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        wanted = content.get("watch") if isinstance(content, dict) else None
        if wanted not in {"queue", "case", "work", "run", "me"} or len(self.watched) >= _MOST_GROUPS:
            return
        identifier = parse_id(content.get("id"))
        if not await database_sync_to_async(_may_watch)(self.scope["user"], wanted, identifier):
            await self.close(_NOT_ALLOWED)
            return
        groups = {"queue": QUEUE_GROUP, "case": case_group(identifier), "work": work_group(identifier),
                  "run": run_group(identifier), "me": person_group(self.scope["user"].pk)}  # fmt: skip
        group = groups[wanted]
        self.watched.add(group)
        await self.channel_layer.group_add(group, self.channel_name)
        await self.send_json({"watching": wanted})

    async def hint(self, message: dict[str, Any]) -> None:
        """A message of the live channel, passed on as it is."""
        await self.send_json({key: value for key, value in message.items() if key != "type"})

    async def disconnect(self, code: int) -> None:
        for group in getattr(self, "watched", set()):
            await self.channel_layer.group_discard(group, self.channel_name)


def _may_watch(user: Any, wanted: str, identifier: UUID) -> bool:
    user = people().get(pk=user.pk)  # what they may now, not when the connection was made
    if wanted == "me":
        return bool(user.has_perm(Permission.NOTIFICATION_VIEW))
    if wanted == "work":
        return works_visible_to(user).filter(pk=identifier).exists()
    return bool(user.has_perm(Permission.RUN_VIEW if wanted == "run" else Permission.CASE_VIEW))
