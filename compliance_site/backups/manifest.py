"""What a backup says of itself, and its parts: each hashed as it lies there, sealed where a key is configured."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from core import envelope

NAME = "manifest.json"
_KEY_ID = "backup"


class BackupUnusable(Exception):
    """The backup was changed or is not whole, does not fit here, or the target is not empty."""


@dataclass(frozen=True)
class Manifest:
    """`parts` are names and SHA-256 of the files as they lie there; `entries` is how many the record had."""

    made_at: str
    version: str
    vendor: str
    entries: int
    sealed: bool
    parts: dict[str, str]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The last file of a backup: without it there is none."""
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest, after every part was found to be what it says. Raises BackupUnusable."""
    try:
        manifest = Manifest(**json.loads((folder / NAME).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise BackupUnusable(f"{folder} is no backup, or one that was not finished") from error
    for name, digest in manifest.parts.items():
        path = folder / Path(name).name
        if not path.is_file() or digest_of(path) != digest:
            raise BackupUnusable(f"{name} is missing or not what the manifest says")
    return manifest


def digest_of(path: Path) -> str:
    """SHA-256 of a file of any size."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def seal_part(path: Path) -> None:
    """Replaces the file by itself sealed under PROBITY_BACKUP_KEY."""
    with path.open("rb") as stream:
        _replace(path, envelope.seal_stream(stream, path.name.encode(), _ring()))


def opened_part(path: Path, to: Path) -> Path:
    """The part in clear, as a file in the folder `to`. Raises BackupUnusable for a wrong key."""
    clear = to / path.name
    try:
        with path.open("rb") as stream, clear.open("wb") as target:
            target.writelines(envelope.unseal(stream, path.name.encode(), _ring()))
    except envelope.CannotOpen as error:
        raise BackupUnusable(f"{path.name} cannot be opened with PROBITY_BACKUP_KEY") from error
    return clear


def _ring() -> envelope.KeyRing:
    if not settings.BACKUP_KEY:
        raise BackupUnusable("the backup is sealed: set PROBITY_BACKUP_KEY")
    return envelope.KeyRing({_KEY_ID: settings.BACKUP_KEY})


def _replace(path: Path, pieces: Iterator[bytes]) -> None:
    draft = path.with_suffix(f"{path.suffix}.part")
    with draft.open("wb") as target:
        target.writelines(pieces)
    draft.replace(path)
