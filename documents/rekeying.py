"""Making the blind keys of document numbers anew: when they are introduced, and when the blind key is changed."""

from collections.abc import Callable
from typing import Any

from core.columns.blind import BlindIndex, register_blind_index
from documents.models import DOCUMENT_NUMBER, Field

_BATCH = 500


def rewrite_number_keys(fields: Any, report: Callable[[int, int, str], None]) -> int:
    """Writes the keys of all document numbers batch by batch; how many. The model may be a migration's."""
    rows = fields.objects.filter(name=DOCUMENT_NUMBER).order_by("pk")
    total, done, last = rows.count(), 0, None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:_BATCH]):
        for field in batch:
            field.number_key = field.value
        fields.objects.bulk_update(batch, ["number_key"])
        last = batch[-1].pk
        done += len(batch)
        report(done, total, "document numbers")
    return int(total)


register_blind_index(BlindIndex("document numbers", lambda report: rewrite_number_keys(Field, report)))
