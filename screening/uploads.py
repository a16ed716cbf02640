"""An uploaded list on disk: one file, or the files of a ZIP archive, within limits."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from screening.exceptions import ListRefused

_MOST_BYTES = 300 * 1024 * 1024
_MOST_FILES = 20


@contextmanager
def unpacked(file: UploadedFile[bytes]) -> Iterator[Path]:
    """The file's path for the block, or the folder with an archive's files (flat, by base name). Raises ListRefused."""
    with tempfile.TemporaryDirectory(prefix="probity-list-") as name:
        folder = Path(name)
        target = folder / "upload"
        with target.open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        yield _extracted(target, folder / "files") if zipfile.is_zipfile(target) else target


def _extracted(archive: Path, folder: Path) -> Path:
    folder.mkdir()
    with zipfile.ZipFile(archive) as packed:
        members = [member for member in packed.infolist() if not member.is_dir()]
        if len(members) > _MOST_FILES or sum(member.file_size for member in members) > _MOST_BYTES:
            raise ListRefused("The archive holds too much: at most 20 files and 300 MB.")
        for member in members:
            (folder / Path(member.filename).name).write_bytes(packed.read(member))
    return folder
