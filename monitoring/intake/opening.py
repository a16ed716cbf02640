"""How uploaded files are opened: gzip or not, and never more than is reasonable."""

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from core.exceptions import Fault, InvalidInput

HEAD = 4096
MOST_BYTES = 4 * 1024**3  # of what a file unpacks to
_GZIP = b"\x1f\x8b"


def opened(path: Path) -> BinaryIO:
    """The file's bytes, unpacked where it is gzip; reading more than MOST_BYTES raises InvalidInput."""
    stream = path.open("rb")
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    return cast("BinaryIO", io.BufferedReader(_Limited(stream, packed=packed)))


class _Limited(io.RawIOBase):
    def __init__(self, stream: BinaryIO, *, packed: bool) -> None:
        self._file, self._left = stream, MOST_BYTES
        self._stream = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if packed else stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            raise unreadable(f"cannot be unpacked: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise unreadable(f"unpacks to more than {MOST_BYTES // 1024**3} GiB", "several files")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def unreadable(message: str, suggestion: str = "") -> InvalidInput:
    """The file as a whole cannot be read."""
    return InvalidInput("The file cannot be read.", [Fault("/file", message, suggestion)])
