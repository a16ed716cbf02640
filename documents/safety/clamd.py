"""A virus scanner that speaks the protocol of ClamAV's daemon: INSTREAM over TCP or a unix socket (man clamd).

The file goes over in chunks, each behind its length as four bytes; a length of nought ends it. The answer is
`stream: OK`, `stream: <name> FOUND`, or an error.
"""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerUnavailable(Exception):
    """The scanner does not answer or could not scan. Never a pass: the file waits. The message names no file."""


@dataclass(frozen=True)
class Scan:
    """`signature` is the name of what was found, empty for a clean file."""

    signature: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.signature


def scan(content: bytes, address: str, seconds: float) -> Scan:
    """What the scanner at `address` (`tcp://host:port`, `unix:///path`) says. Raises ScannerUnavailable."""
    try:
        with closing(_connected(address, seconds)) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                piece = content[start : start + _CHUNK]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
            connection.sendall(struct.pack("!I", 0))
            answer = _answer(connection)
    except (OSError, ValueError) as error:
        raise ScannerUnavailable(f"The virus scanner does not answer ({type(error).__name__}).") from error
    return _read(answer)


def _connected(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    if parts.scheme != "tcp" or not parts.hostname:
        raise ValueError("an address is tcp://host:port or unix:///path")
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=seconds)


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < _LONGEST_ANSWER:
        piece = connection.recv(_LONGEST_ANSWER)
        if not piece:
            break
        received += piece
    return received.rstrip(b"\0\n").decode(errors="replace")


def _read(answer: str) -> Scan:
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return Scan()
    if told.endswith(" FOUND"):
        return Scan(told.removesuffix(" FOUND")[:100])
    raise ScannerUnavailable("The virus scanner could not scan the file.")
