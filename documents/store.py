"""The content store: sealed files under the SHA-256 of what they hold, written so that a crash leaves a whole or none."""

import hashlib
import math
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from core import envelope
from core.placing import PART, place_file
from core.vault import installation_ring


def put(content: bytes) -> str:
    """Seals `content` and returns its SHA-256. Durable on return: file and folder are synced before and after naming."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        os.utime(
            path_of(digest)
        )  # it is there; told as fresh, so that no sweep takes it before its new row is committed
    except FileNotFoundError:
        place_file(path_of(digest), envelope.seal(content, digest.encode(), installation_ring()))
    return digest


def get(digest: str) -> bytes:
    """What is stored under `digest`; raises FileNotFoundError, and CannotOpen where it was changed."""
    return b"".join(pieces_of(digest))


def pieces_of(digest: str) -> Iterator[bytes]:
    """What is stored under `digest`, piece by piece, each proved before it is given. Raises like `get`."""
    with path_of(digest).open("rb") as stream:
        if _is_sealed(stream.read(len(envelope.MAGIC))):
            stream.seek(0)
            yield from envelope.unseal(stream, digest.encode(), installation_ring())
            return
        stream.seek(0)
        yield _proved(stream.read(), digest)


def renew(digest: str) -> bool:
    """Wraps the file's key with the current key, sealing a file of before encryption. True where there was need."""
    with path_of(digest).open("rb") as stream:
        sealed = _is_sealed(stream.read(len(envelope.MAGIC)))
        stream.seek(0)
        if sealed and envelope.read_header(stream).key_id == installation_ring().current:
            return False
        stream.seek(0)
        name = digest.encode()
        fresh = (
            envelope.rewrap(stream, name, installation_ring())
            if sealed
            else envelope.seal(_proved(stream.read(), digest), name, installation_ring())
        )
        place_file(path_of(digest), fresh)
    return True


def renew_all() -> Iterator[bool]:
    """`renew` for everything that is stored; a file that was removed meanwhile needs nothing."""
    for digest in digests():
        try:
            yield renew(digest)
        except FileNotFoundError:
            yield False


def key_ids() -> Iterator[str]:
    """The id of the key that seals each file; empty for a file of before encryption."""
    for digest in digests():
        try:
            with path_of(digest).open("rb") as stream:
                is_sealed = _is_sealed(stream.read(len(envelope.MAGIC)))
                stream.seek(0)
                yield envelope.read_header(stream).key_id if is_sealed else ""
        except FileNotFoundError:
            continue


def remove(digest: str) -> None:
    """Removes what is stored under `digest`, where it is there. The caller knows that nothing needs it any more."""
    path_of(digest).unlink(missing_ok=True)


def remove_untouched(digest: str, before: float) -> bool:
    """Removes the content unless it was stored again since `before` (seconds of the epoch); whether it did.

    Set aside under another name first: a `put` that comes between finds nothing there and writes it anew.
    """
    path = path_of(digest)
    aside = path.with_suffix(f".{secrets.token_hex(4)}{PART}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return False
    if aside.stat().st_mtime >= before:  # put, just now
        aside.replace(path)
        return False
    aside.unlink()
    return True


def remove_parts(before: float) -> int:
    """Removes files that were begun before `before` and never named: their process was killed. How many."""
    left = [path for path in _files() if path.suffix == PART and _is_older(path, before)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def digests(before: float = math.inf) -> Iterator[str]:
    """Everything that is stored; only what was not touched since `before` (seconds of the epoch)."""
    for path in sorted(_files()):
        if not path.suffix and (before == math.inf or _is_older(path, before)):
            yield path.name


def _files() -> Iterator[Path]:
    return Path(settings.DOCUMENT_ROOT).glob("??/*")


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:  # finished, or removed, meanwhile
        return False


def path_of(digest: str) -> Path:
    """Where the content of this digest lies; two letters a folder, so that no folder grows to millions."""
    return Path(settings.DOCUMENT_ROOT) / digest[:2] / digest


def _is_sealed(start: bytes) -> bool:
    return start == envelope.MAGIC


def _proved(content: bytes, digest: str) -> bytes:
    """A file of before encryption is what its name says, or it is not given."""
    if hashlib.sha256(content).hexdigest() != digest:
        raise envelope.CannotOpen("the file is not what its name says")
    return content
