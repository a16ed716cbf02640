"""The port of a channel."""

from collections.abc import Mapping
from typing import Any, Protocol


class Channel(Protocol):
    """Sends one message. Raises for a failure that trying again may mend; personal data never leaves through it."""

    name: str

    def send(self, event: str, payload: Mapping[str, Any]) -> None: ...
