"""The smallest ASGI application."""

from typing import Any


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answers 200 to everything."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})
