"""Where a finished export lies, and the link that leads there for a day."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from core.exceptions import NotFound
from core.ids import parse_id

VALID = timedelta(hours=24)
_SALT = "probity.export"


def folder() -> Path:
    """The folder of exports, readable by this installation alone."""
    path: Path = settings.DATA_DIR / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(work_id: UUID, suffix: str) -> Path:
    """Where the file of a piece of work lies."""
    return folder() / f"{work_id}.{suffix}"


def link_to(work_id: UUID, filename: str) -> str:
    """The address of the file, signed and valid for a day."""
    return reverse("reporting:export_download", args=[signing.dumps([str(work_id), filename], salt=_SALT)])


def read_link(token: str) -> tuple[UUID, str]:
    """(work, file name) of a link; raises NotFound where it is not ours or older than a day."""
    try:
        work_id, filename = signing.loads(token, salt=_SALT, max_age=VALID)
    except signing.BadSignature as error:
        raise NotFound("This link has expired, or was never given. Make the export again.") from error
    return parse_id(work_id), str(filename)
