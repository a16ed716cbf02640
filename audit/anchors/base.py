"""The interface of an anchor, and the ones that are configured."""

from collections.abc import Callable, Iterable
from typing import Protocol


class AnchorFailed(Exception):
    """The place did not take the checkpoint; it is tried again with the next one."""


class Anchor(Protocol):
    """A place that takes checkpoints. `every_seconds` is the least time between two; 0 takes each."""

    name: str
    every_seconds: int

    def publish(self, note: str) -> str:
        """Hands the note over and gives the receipt. Raises AnchorFailed."""

    def notes(self) -> Iterable[str]:
        """The notes it holds, oldest first, where it can be read back; raises NoteRefused at one that is not its own."""


_builders: dict[str, Callable[[], Anchor | None]] = {}


def register_anchor(name: str, build: Callable[[], Anchor | None]) -> None:
    """`build` gives the anchor, or None where no setting asks for it."""
    _builders[name] = build


def configured_anchors() -> list[Anchor]:
    """Every anchor that the settings ask for."""
    return [anchor for anchor in (build() for build in _builders.values()) if anchor is not None]
