"""What lies in a watched folder, by the naming rule: `<external id>/…`, or `<external id>__<name>` beside the folders."""

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "submission.json"
_BEING_WRITTEN = (".part", ".tmp", ".crdownload", ".filepart", "~")
_SEPARATOR = "__"


@dataclass(frozen=True)
class Report:
    """What became of a find: `taken`, `known`, `waiting` or `refused`, and why in words. `path` is below the folder."""

    path: str
    outcome: str
    told: str


@dataclass(frozen=True)
class FoundFile:
    """A file that is whole: nobody wrote to it for a while. `name` is what the document will be called."""

    path: Path
    name: str

    def read(self, most: int) -> bytes:
        """At most `most + 1` bytes, so that a caller sees what is too large. Raises OSError for what is no plain file."""
        handle = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError("this is no plain file")
            return stream.read(most + 1)


@dataclass(frozen=True)
class Find:
    """One customer's files. `is_settled` is False while any of them may still be written."""

    external_id: str
    manifest: FoundFile | None
    files: tuple[FoundFile, ...]
    is_settled: bool


def finds_in(folder: Path, settle: float) -> Iterator[Find]:
    """Every customer's files in order of their names. Links are not followed, hidden and unfinished files left alone."""
    before = time.time() - settle
    loose: dict[str, list[FoundFile]] = {}
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield _find(entry.name, [FoundFile(Path(item.path), item.name) for item in _files(entry.path)], before)
        elif _SEPARATOR in entry.name and entry.is_file(follow_symlinks=False):
            external_id, _, name = entry.name.partition(_SEPARATOR)
            loose.setdefault(external_id, []).append(FoundFile(Path(entry.path), name))
    for external_id, files in sorted(loose.items()):
        yield _find(external_id, files, before)


def digest_of(client: object, external_id: str, content: bytes) -> str:
    """What the ledger knows a file by: the same content for the same customer of the same client is one."""
    return hashlib.sha256(f"{client}\0{external_id}\0".encode() + hashlib.sha256(content).digest()).hexdigest()


def _find(external_id: str, files: list[FoundFile], before: float) -> Find:
    manifest = next((file for file in files if file.name == MANIFEST), None)
    settled = all(file.path.lstat().st_mtime <= before for file in files if file.path.exists())
    return Find(external_id, manifest, tuple(file for file in files if file is not manifest), settled)


def _files(folder: str) -> list[os.DirEntry[str]]:
    return [entry for entry in _entries(Path(folder)) if entry.is_file(follow_symlinks=False)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        kept = [entry for entry in entries if not entry.name.startswith(".")]
    return sorted((e for e in kept if not e.name.endswith(_BEING_WRITTEN)), key=lambda entry: entry.name)
