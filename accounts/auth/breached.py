"""Passwords that are known from breaches, looked up on this machine."""

from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError


class BreachedPasswordValidator:
    """Refuses what stands in a file of SHA-1 hashes in order, one `HASH:count` a line, as Have I Been Pwned gives it out.

    Looked up by halving, so the file may be 40 GB; nothing leaves the machine. Without a file nothing is refused.
    """

    def __init__(self, file: str = "") -> None:
        self.file = file

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for a password in the file."""
        if self.file and self._holds(sha1(password.encode(), usedforsecurity=False).hexdigest().upper()):
            raise ValidationError("This password is known from a breach elsewhere. Choose another.", "breached")

    def get_help_text(self) -> str:
        return "It must not be known from a breach."

    def _holds(self, wanted: str) -> bool:
        with Path(self.file).open("rb") as stream:
            low, high = 0, stream.seek(0, 2)
            while low < high:
                middle = (low + high) // 2
                line = _line_from(stream, middle)
                low, high = (middle + 1, high) if line and line < wanted else (low, middle)
            return _line_from(stream, low).startswith(wanted)


def _line_from(stream: BinaryIO, offset: int) -> str:
    """The first line that begins at `offset` or after it; empty at the end."""
    stream.seek(max(offset - 1, 0))
    if offset:
        stream.readline()
    return stream.readline().decode("ascii", "replace").upper()
