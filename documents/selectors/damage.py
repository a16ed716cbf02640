"""Whether the content store still holds what the documents name: asked after a restore."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from core.envelope import CannotOpen
from core.words import said
from documents import store
from documents.models import Document, Page


@dataclass(frozen=True)
class Damage:
    """A document whose original, or the image of a page, is missing or was changed."""

    document_id: UUID
    what: str


def damaged_documents() -> tuple[int, list[Damage]]:
    """(how many originals and images were read, which were not what they were). Every file is read whole."""
    number, damaged, seen = 0, [], set[str]()
    for document_id, digest in _named():
        if digest in seen:
            continue
        seen.add(digest)
        number += 1
        if what := _fault(digest):
            damaged.append(Damage(document_id, what))
    return number, damaged


def _named() -> Iterator[tuple[UUID, str]]:
    """Content that documents name. A refused file may have been removed on purpose: its document says so by its state."""
    yield from Document.objects.exclude(sha256="").values_list("pk", "sha256").iterator()
    yield from Page.objects.exclude(image_sha256="").values_list("document_id", "image_sha256").iterator()


def _fault(digest: str) -> str:
    try:
        for _ in store.pieces_of(digest):
            pass
    except FileNotFoundError:
        return said("the file is missing")
    except CannotOpen as error:
        return str(error)
    return ""
