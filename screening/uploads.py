"""An uploaded list on disk: one file, or the files of a ZIP archive, within limits."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screening.exceptions import ListRefused

_MOST_BYTES = 300 * 1024 * 1024
_MOST_FILES = 20


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
    with zipfile.ZipFile(archive) as packed:
        members = [member for member in packed.infolist() if not member.is_dir()]
        if len(members) > _MOST_FILES or sum(member.file_size for member in members) > _MOST_BYTES:
            raise ListRefused("The archive holds too much: at most 20 files and 300 MB.")
        for member in members:
            (folder / Path(member.filename).name).write_bytes(packed.read(member))
    return folder
