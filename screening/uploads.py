"""An uploaded list on disk: one file, or the files of a ZIP archive, within limits."""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screening.exceptions import ListRefused

_MOST_BYTES = 300 * 1024 * 1024
_MOST_FILES = 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The file itself, or for the block the folder with an archive's files (flat, by base name). Raises ListRefused."""
    if not zipfile.is_zipfile(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="probity-list-") as name:
        yield _extracted(path, Path(name) / "files")


def _extracted(archive: Path, folder: Path) -> Path:
    folder.mkdir()
    try:
        with zipfile.ZipFile(archive) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            if len(members) > _MOST_FILES or sum(member.file_size for member in members) > _MOST_BYTES:
                raise ListRefused("The archive holds too much: at most 20 files and 300 MB.")
            for member in members:
                (folder / _plain_name(member)).write_bytes(packed.read(member))
    except _BROKEN as error:
        raise ListRefused("The archive is damaged and cannot be unpacked.") from error
    return folder


def _plain_name(member: zipfile.ZipInfo) -> str:
    """The base name, which leads nowhere. Raises ListRefused for what has none and for what a password protects."""
    name = Path(member.filename).name
    if name in {"", ".."}:
        raise ListRefused("The archive holds a file without a name.")
    if member.flag_bits & 1:
        raise ListRefused("The archive is protected by a password; send it without one.")
    return name
