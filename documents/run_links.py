"""What the ids of documents in workflow runs lead to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from core.ids import parse_id
from core.permissions import Permission
from documents.models import Document
from workflows.engine.links import Link, register_link


def documents_behind(ids: Sequence[str], viewer: Any) -> Mapping[str, Link]:
    """Documents by id, by their type, for who may see documents. A file's name may hold a person's, so it is not shown."""
    if not viewer.has_perm(Permission.DOCUMENT_VIEW):
        return {}
    rows = Document.objects.filter(pk__in=[parse_id(one) for one in ids])
    return {
        str(row.pk): Link(
            f"document: {row.document_type.replace('_', ' ') or 'of unknown type'}, {row.get_state_display().lower()}",
            reverse("documents:document_detail", args=[row.pk]),
        )
        for row in rows
    }


register_link("document_id", documents_behind)
