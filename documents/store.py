"""The content store: files under their SHA-256, written so that a crash leaves a whole file or none."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings


def put(content: bytes) -> str:
    """Stores `content` and returns its SHA-256. Durable on return: file and folder are synced before and after naming."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(path.parent.parent)
    temporary = path.with_suffix(f".{secrets.token_hex(4)}.part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    _sync(path.parent)
    return digest


def get(digest: str) -> bytes:
    """The bytes stored under `digest`; raises FileNotFoundError."""
    return path_of(digest).read_bytes()


def path_of(digest: str) -> Path:
    """Where the content of this digest lies; two letters a folder, so that no folder grows to millions."""
    return Path(settings.DOCUMENT_ROOT) / digest[:2] / digest


def _sync(folder: Path) -> None:
    """Makes the names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
