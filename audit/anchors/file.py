"""An append-only file: on by default; belongs on another volume, under another owner or with `chattr +a`."""

import os
from pathlib import Path

from django.conf import settings

from audit.anchors.base import Anchor, AnchorFailed, register_anchor

_END = "\n\x1e\n"  # a record separator cannot stand in a note


class FileAnchor:
    """Every checkpoint, appended and flushed to the disk."""

    name, every_seconds = "file", 0

    def __init__(self, path: Path) -> None:
        self.path = path

    def publish(self, note: str) -> str:
        """Appends the note; the receipt is where it ends."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write(note + _END)
                stream.flush()
                os.fsync(stream.fileno())
                return f"{self.path.name}@{stream.tell()}"
        except OSError as error:
            raise AnchorFailed(f"the anchor file cannot be written: {error.strerror}") from error

    def notes(self) -> list[str]:
        """Every note in the file."""
        if not self.path.exists():
            return []
        return [note for note in self.path.read_text(encoding="utf-8").split(_END) if note]

    def last(self) -> str:
        """The newest note, read from the end of the file; empty where there is none."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - 8192))
            tail = stream.read().decode("utf-8", errors="replace")
        notes = [note for note in tail.split(_END) if note]
        return notes[-1] if notes else ""


def _build() -> Anchor | None:
    return FileAnchor(settings.AUDIT_ANCHOR_FILE) if str(settings.AUDIT_ANCHOR_FILE) else None


register_anchor("file", _build)
