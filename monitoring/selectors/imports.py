"""Imports of files, their mappings, and what was rejected."""

from typing import Any

from django.db.models import QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from monitoring.models import ColumnMapping, FileImport, Ingest, RejectedLine


def file_imports() -> QuerySet[FileImport]:
    """Uploaded files, newest first, with what became of them."""
    return FileImport.objects.select_related("ingest", "uploaded_by")


def import_for(pk: object) -> FileImport:
    """The import with this id; raises NotFound."""
    found = file_imports().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found


def saved_mappings() -> list[ColumnMapping]:
    """The newest version of each saved mapping, by name."""
    newest: dict[str, ColumnMapping] = {}
    for mapping in ColumnMapping.objects.order_by("name", "-number"):
        newest.setdefault(mapping.name, mapping)
    return list(newest.values())


def mapping_for(pk: object) -> ColumnMapping:
    """The saved mapping with this id; raises NotFound."""
    found = ColumnMapping.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such mapping.")
    return found


def ingest_for(pk: object) -> Ingest:
    """The delivery with this id; raises NotFound."""
    found = Ingest.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such delivery.")
    return found


def rejected_lines(ingest: Ingest) -> QuerySet[RejectedLine, Any]:
    """What was not taken of a delivery, in the order of its lines."""
    return RejectedLine.objects.filter(ingest=ingest).order_by("line", "id")
