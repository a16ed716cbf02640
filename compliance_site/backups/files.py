"""The data folder into archives and back."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

# Built anew where they are missing, kept apart, or of tests.
_LEFT_OUT = {"static", "test", "services", "indexes", "keys", "anchors", "metrics", "backups"}


def pack_files(target: Path) -> None:
    """Everything in the data folder but keys, anchors, the database, and what is built anew."""
    _pack(target, settings.DATA_DIR, _kept())


def pack_keys(target: Path) -> None:
    """The keys that were made on first use. They open everything else."""
    _pack(target, settings.DATA_DIR, iter([settings.KEYS_DIR]))


def pack_anchors(target: Path) -> None:
    """What the anchors hold of the record."""
    _pack(target, settings.DATA_DIR, iter([settings.DATA_DIR / "anchors"]))


def unpack(part: Path) -> None:
    """Puts an archive back into the data folder. What is there already stays: an anchor that knows more is the better one."""
    with tarfile.open(part) as archive:
        for member in archive:
            if not (settings.DATA_DIR / member.name).is_file():
                archive.extract(member, settings.DATA_DIR, filter="data")


def unpack_keys(part: Path) -> None:
    """Puts the keys back over those that this process made when it started."""
    with tarfile.open(part) as archive:
        archive.extractall(settings.DATA_DIR, filter="data")


def files_are_empty() -> bool:
    """True where no document is stored."""
    root = Path(settings.DOCUMENT_ROOT)
    return not root.is_dir() or not any(path.is_file() for path in root.rglob("*"))


def _kept() -> Iterator[Path]:
    for path in sorted(settings.DATA_DIR.iterdir()):
        if path.name not in _LEFT_OUT and not path.name.startswith(".") and "sqlite3" not in path.name:
            yield path


def _pack(target: Path, root: Path, paths: Iterator[Path]) -> None:
    with tarfile.open(target, "w") as archive:
        for path in paths:
            for one in [path, *sorted(path.rglob("*"))] if path.is_dir() else [path]:
                _add(archive, one, root)


def _add(archive: tarfile.TarFile, path: Path, root: Path) -> None:
    """A file that is gone meanwhile was erased or is finished with; one that is being written is not yet named."""
    if path.suffix == ".part" or path.is_symlink():
        return
    try:
        archive.add(path, str(path.relative_to(root)), recursive=False)
    except FileNotFoundError:
        return
