"""Checkpoints (c2sp.org/tlog-checkpoint): origin, size and root of the tree, as the text of a signed note. Pure."""

import base64
import binascii
from dataclasses import dataclass

from audit.log.notes import NoteRefused

_LINES = 3
_HASH = 32


@dataclass(frozen=True)
class Checkpoint:
    """What the log committed to: `size` leaves under `root`. `origin` names the log and its epoch."""

    origin: str
    size: int
    root: bytes

    def as_text(self) -> str:
        """The text that is signed: three lines, no extension lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text. Raises NoteRefused where it is malformed."""
    lines = text.split("\n")
    if len(lines) < _LINES + 1 or not lines[0] or not lines[1].isdecimal() or str(int(lines[1])) != lines[1]:
        raise NoteRefused("this is no checkpoint: origin, size and root are its first three lines")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error as error:
        raise NoteRefused("the root of this checkpoint is no base64") from error
    if len(root) != _HASH:
        raise NoteRefused("the root of this checkpoint has not 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)
