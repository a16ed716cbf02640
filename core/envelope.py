"""Files encrypted in pieces: a key of its own for every file, wrapped by a key of the installation that can be changed.

A sealed file is `PBT1`, the length and id of the wrapping key, the wrapped file key, a nonce prefix, then pieces of
AES-256-GCM. A piece's nonce is prefix, counter and whether it is the last (STREAM: Hoang, Reyhanitabar, Rogaway and
Vizar, CRYPTO 2015), so pieces can be neither swapped nor left out; the file's name is bound to every piece.
"""

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"PBT1"
PIECE = 64 * 1024
_NONCE, _PREFIX, _TAG, _KEY = 12, 7, 16, 32
_WRAPPED = _NONCE + _KEY + _TAG


class CannotOpen(Exception):
    """The file was changed, cut or renamed, or it is sealed under a key that is not configured."""


@dataclass(frozen=True)
class Header:
    """What stands before the pieces."""

    key_id: str
    wrapped: bytes
    prefix: bytes

    def as_bytes(self) -> bytes:
        name = self.key_id.encode()
        return MAGIC + bytes([len(name)]) + name + self.wrapped + self.prefix


class KeyRing:
    """The keys of an installation by their ids: the first seals, all open. A secret may be any text of good entropy."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._keys = {key_id: _derived(secret) for key_id, secret in secrets.items()}
        self.current = next(iter(secrets))

    def wrap(self, file_key: bytes, name: bytes) -> bytes:
        """The file key under the current key, bound to the file's name."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self._keys[self.current]).encrypt(nonce, file_key, name)

    def unwrap(self, header: Header, name: bytes) -> bytes:
        """The file key again; raises CannotOpen."""
        if header.key_id not in self._keys:
            raise CannotOpen(f"the key {header.key_id} is not configured")
        try:
            return AESGCM(self._keys[header.key_id]).decrypt(header.wrapped[:_NONCE], header.wrapped[_NONCE:], name)
        except InvalidTag as error:
            raise CannotOpen(f"the file does not belong to its name or to the key {header.key_id}") from error


def seal(content: bytes, name: bytes, ring: KeyRing) -> Iterator[bytes]:
    """The sealed file piece by piece."""
    return seal_stream(io.BytesIO(content), name, ring)


def seal_stream(stream: BinaryIO, name: bytes, ring: KeyRing) -> Iterator[bytes]:
    """The same of a content that is too large to be held."""
    file_key, prefix = AESGCM.generate_key(256), os.urandom(_PREFIX)
    yield Header(ring.current, ring.wrap(file_key, name), prefix).as_bytes()
    cipher = AESGCM(file_key)
    for number, piece, is_last in _pieces(stream, PIECE):
        yield cipher.encrypt(_nonce(prefix, number, is_last), piece, name)


def unseal(stream: BinaryIO, name: bytes, ring: KeyRing) -> Iterator[bytes]:
    """The content piece by piece; raises CannotOpen at the first that is not what was sealed."""
    header = read_header(stream)
    cipher = AESGCM(ring.unwrap(header, name))
    for number, piece, is_last in _pieces(stream, PIECE + _TAG):
        try:
            yield cipher.decrypt(_nonce(header.prefix, number, is_last), piece, name)
        except InvalidTag as error:
            raise CannotOpen("the file was changed or cut") from error


def rewrap(stream: BinaryIO, name: bytes, ring: KeyRing) -> Iterator[bytes]:
    """The same sealed file with its key wrapped by the current key; the pieces stay as they are."""
    header = read_header(stream)
    yield Header(ring.current, ring.wrap(ring.unwrap(header, name), name), header.prefix).as_bytes()
    while piece := stream.read(PIECE):
        yield piece


def read_header(stream: BinaryIO) -> Header:
    """The header at the stream's place, which moves behind it; raises CannotOpen."""
    start = stream.read(len(MAGIC) + 1)
    if len(start) <= len(MAGIC) or not start.startswith(MAGIC):
        raise CannotOpen("this is no sealed file")
    key_id = stream.read(start[-1]).decode(errors="replace")
    return Header(key_id, stream.read(_WRAPPED), stream.read(_PREFIX))


def _pieces(stream: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number, piece, whether it is the last); an empty content is one empty piece."""
    number, piece = 0, stream.read(size)
    while True:
        following = stream.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _derived(secret: str) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=b"probity document key").derive(secret.encode())
