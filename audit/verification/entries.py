"""Every placed entry of a range: is it there, is it what was placed, did the application write it, does it continue its stream?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.conf import settings

from audit.log.examining import SealedEntry, end_after, examine
from audit.log.faults import LogFault
from audit.models import AuditLeaf
from audit.rows import entries_of
from core.words import said

_CHUNK = 2000


@dataclass
class StreamSpan:
    """What a range holds of one stream: what its first entry continues, and its end."""

    first_seq: int
    first_prev: bytes
    end: tuple[int, bytes]


@dataclass
class RangeFindings:
    """The faults of a range and its spans, which `joined` fits to the next range's."""

    faults: list[LogFault] = field(default_factory=list)
    spans: dict[str, StreamSpan] = field(default_factory=dict)

    def examine(self, place: int, leaf: bytes, entry: SealedEntry) -> None:
        """Adds what one entry shows."""
        span = self.spans.get(entry.stream)
        fault = examine(entry, settings.AUDIT_MAC_KEYS, after=span.end if span else None)
        if leaf != entry.leaf:
            fault = fault or said("it is not the entry that was placed here")
        if fault:
            self.faults.append(LogFault(place, "entry", f"{_name(entry)}: {fault}", entry.id))
        if span:
            span.end = end_after(entry)
        else:
            self.spans[entry.stream] = StreamSpan(entry.stream_seq, entry.prev, end_after(entry))

    def join(self, later: "RangeFindings") -> None:
        """Takes over the next range: where both hold a stream, the later must continue the earlier."""
        self.faults += later.faults
        for stream, span in later.spans.items():
            mine = self.spans.get(stream)
            if mine is None:
                self.spans[stream] = span
                continue
            if (mine.end[0] + 1, mine.end[1]) != (span.first_seq, span.first_prev):
                self.faults.append(_broken(stream, mine.end[0]))
            mine.end = span.end


def examine_range(start: int, end: int, told: Callable[[int], None] = lambda done: None) -> RangeFindings:
    """Examines the entries placed from `start` up to `end`; `told` hears how many are done after each chunk."""
    findings = RangeFindings()
    expected = start
    for leaves in _chunks(start, end):
        entries = entries_of([entry_id for _, entry_id, _ in leaves])
        for place, entry_id, leaf in leaves:
            if place != expected:
                findings.faults.append(
                    LogFault(
                        expected,
                        "gap",
                        said("places {expected} to {value} are empty", expected=expected, value=place - 1),
                    )
                )
            expected = place + 1
            if entry_id in entries:
                findings.examine(place, leaf, entries[entry_id])
            else:
                findings.faults.append(
                    LogFault(
                        place, "gone", said("entry {entry_id} is gone from the record", entry_id=entry_id), entry_id
                    )
                )
        told(len(leaves))
    if expected < end:
        findings.faults.append(
            LogFault(expected, "gap", said("places {expected} to {value} are empty", expected=expected, value=end - 1))
        )
    return findings


def check_beginnings(findings: RangeFindings) -> list[LogFault]:
    """Streams whose first placed entry is not their first."""
    empty = bytes(32)
    starts = ((stream, span) for stream, span in findings.spans.items())
    return [_broken(stream, 0) for stream, span in starts if (span.first_seq, span.first_prev) != (1, empty)]


def _chunks(start: int, end: int) -> Iterator[list[tuple[int, int, bytes]]]:
    for first in range(start, end, _CHUNK):
        within = AuditLeaf.objects.filter(seq__gte=first, seq__lt=min(first + _CHUNK, end)).order_by("seq")
        yield [(seq, entry_id, bytes(leaf)) for seq, entry_id, leaf in within.values_list("seq", "entry_id", "leaf")]


def _broken(stream: str, number: int) -> LogFault:
    return LogFault(
        -1, "chain", said("the chain of {stream} is broken after number {number}", stream=stream, number=number)
    )


def _name(entry: SealedEntry) -> str:
    return said("entry {id} ({stream} #{stream_seq})", id=entry.id, stream=entry.stream, stream_seq=entry.stream_seq)
