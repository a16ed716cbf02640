"""The sealed files of the archive: written whole or not at all, named by what is in them, never changed."""

import time
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from core import envelope
from core.placing import PART, place_file
from core.sealed import SealedThings, register_sealed
from core.vault import installation_ring

_SUFFIX = ".parquet.sealed"
_LEFT_SECONDS = 3600.0  # a file that no row names may be one whose row is not committed yet


def digest_of(content: bytes) -> str:
    """What proves the content: its SHA-256 before it is sealed."""
    return sha256(content).hexdigest()


def put(month: str, content: bytes) -> str:
    """Seals the month's content; the name of its file. Durable on return."""
    name = f"{month}.{digest_of(content)[:16]}{_SUFFIX}"
    place_file(_path(name), envelope.seal(content, name.encode(), installation_ring()))
    return name


def get(name: str, digest: str) -> bytes:
    """What the file holds; raises FileNotFoundError, and CannotOpen where it is not what was put."""
    with _path(name).open("rb") as stream:
        content = b"".join(envelope.unseal(stream, name.encode(), installation_ring()))
    if digest_of(content) != digest:
        raise envelope.CannotOpen("the file is not what its row says")
    return content


def size_of(name: str) -> int:
    """Bytes on the disk."""
    return _path(name).stat().st_size


def remove(name: str) -> None:
    """Removes the file, where it is there."""
    if name:
        _path(name).unlink(missing_ok=True)


def sweep(named: Collection[str]) -> int:
    """Removes files that are not `named` and were not written just now: their transaction, or writing, never ended. How many."""
    found = [*_files(), *folder().glob(f".*{PART}")]
    left = [path for path in found if path.name not in named and time.time() - path.stat().st_mtime > _LEFT_SECONDS]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def folder() -> Path:
    """Where the archive lies."""
    return Path(settings.DATA_DIR) / "archive" / "transactions"


def _path(name: str) -> Path:
    return folder() / name


def _files() -> Iterator[Path]:
    yield from sorted(folder().glob(f"*{_SUFFIX}"))


def _key_ids() -> Iterator[str]:
    for path in _files():
        with path.open("rb") as stream:
            yield envelope.read_header(stream).key_id


def _renew_all() -> Iterator[bool]:
    """Wraps each file's key with the current one; the pieces stay as they are."""
    ring = installation_ring()
    for path in _files():
        with path.open("rb") as stream:
            if envelope.read_header(stream).key_id == ring.current:
                yield False
                continue
            stream.seek(0)
            place_file(path, envelope.rewrap(stream, path.name.encode(), ring))
        yield True


register_sealed(SealedThings("archived months", _key_ids, _renew_all))
