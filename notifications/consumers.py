"""The websocket of the pages: who may see cases is told that one changed."""

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from core.ids import parse_id
from core.permissions import Permission
from notifications.channels.live import QUEUE_GROUP, case_group

_NOT_ALLOWED = 4403
_MOST_GROUPS = 20


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """Answers `{"watch": "queue"}` and `{"watch": "case", "id": …}` with hints. Permission is checked at each."""

    async def connect(self) -> None:
        self.watched: set[str] = set()
        await self.accept()
        if not await self._may_watch():
            await self.close(_NOT_ALLOWED)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        wanted = content.get("watch") if isinstance(content, dict) else None
        if wanted not in {"queue", "case"} or len(self.watched) >= _MOST_GROUPS:
            return
        if not await self._may_watch():
            await self.close(_NOT_ALLOWED)
            return
        group = QUEUE_GROUP if wanted == "queue" else case_group(parse_id(content.get("id")))
        self.watched.add(group)
        await self.channel_layer.group_add(group, self.channel_name)
        await self.send_json({"watching": wanted})

    async def hint(self, message: dict[str, Any]) -> None:
        """A message of the live channel, passed on as it is."""
        await self.send_json({"event": message["event"], "case": message["case"]})

    async def disconnect(self, code: int) -> None:
        for group in getattr(self, "watched", set()):
            await self.channel_layer.group_discard(group, self.channel_name)

    async def _may_watch(self) -> bool:
        user = self.scope["user"]
        return bool(user.is_authenticated and await database_sync_to_async(user.has_perm)(Permission.CASE_VIEW))
