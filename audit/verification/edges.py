"""What is not in the tree: waiting entries, entries beside the record, and the ends of every stream."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Exists, OuterRef

from audit.log.examining import end_after, examine
from audit.log.faults import LogFault
from audit.models import AuditAlarm, AuditEntry, AuditHead, AuditLeaf, AuditPending
from audit.rows import COLUMNS, sealed_entry
from audit.verification.entries import RangeFindings
from core.words import said

_START = (0, bytes(32))


def check_edges(placed: RangeFindings) -> list[LogFault]:
    """Faults outside the tree. `placed` holds every stream's end in the tree."""
    return [*_beside(), *_lost_waiting(), *_ends(placed)]


def _beside() -> Iterator[LogFault]:
    """Entries that are neither placed nor waiting nor refused with an alarm: slipped in past the pending list."""
    missing = AuditEntry.objects.filter(
        ~Exists(AuditLeaf.objects.filter(entry_id=OuterRef("pk"))),
        ~Exists(AuditPending.objects.filter(entry_id=OuterRef("pk"))),
    )
    refused = dict(AuditAlarm.objects.filter(kind="entry_refused").values_list("entry_id", "detail"))
    for entry_id, stream in missing.values_list("pk", "stream").order_by("pk"):
        what = refused.get(entry_id) or said(
            "entry {entry_id} of {stream} stands beside the record: it was never placed",
            entry_id=entry_id,
            stream=stream,
        )
        yield LogFault(-1, "beside", what, entry_id)


def _lost_waiting() -> Iterator[LogFault]:
    gone = AuditPending.objects.filter(~Exists(AuditEntry.objects.filter(pk=OuterRef("entry_id"))))
    for entry_id in gone.values_list("entry_id", flat=True):
        yield LogFault(
            -1, "gone", said("entry {entry_id} waited to be placed and is gone", entry_id=entry_id), entry_id
        )


def _ends(placed: RangeFindings) -> Iterator[LogFault]:
    """Walks from each stream's end in the tree over its waiting entries to its head."""
    known = set()
    for stream, seq, head in AuditHead.objects.values_list("stream", "seq", "head").iterator():
        known.add(stream)
        span = placed.spans.get(stream)
        end = span.end if span else _START
        if end != (seq, bytes(head)):
            yield from _walk(stream, end, (seq, bytes(head)))
    for stream in placed.spans.keys() - known:
        yield LogFault(-1, "head", said("the head of {stream} is gone", stream=stream))


def _walk(stream: str, end: tuple[int, bytes], head: tuple[int, bytes]) -> Iterator[LogFault]:
    rows = AuditEntry.objects.filter(stream=stream, stream_seq__gt=end[0], stream_seq__lte=head[0]).order_by(
        "stream_seq"
    )
    for row in rows.values_list(*COLUMNS):
        entry = sealed_entry(row)
        fault = examine(entry, settings.AUDIT_MAC_KEYS, after=end)
        if fault:
            yield LogFault(
                -1,
                "entry",
                said(
                    "entry {id} ({stream} #{stream_seq}): {fault}",
                    id=entry.id,
                    stream=stream,
                    stream_seq=entry.stream_seq,
                    fault=fault,
                ),
                entry.id,
            )
        end = end_after(entry)
    if end != head:
        yield LogFault(
            -1,
            "head",
            said("{stream} ends at number {end}, its head says {head}", stream=stream, end=end[0], head=head[0]),
        )
