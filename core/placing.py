"""Files beside the database that hold personal data: put in place whole or not at all."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

PART = ".part"  # how a file ends that is begun and not named yet


def place_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file that only the owner may read; a crash leaves the old one or the new one, and maybe a part beside it.

    Durable on return: the file is synced before it is named, its folder after.
    """
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(path.parent.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.writelines(pieces)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Makes the names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
