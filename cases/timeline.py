"""What happened on a case, newest first: who or what did it, with the values before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit.models import AuditEntry
from audit.selectors import EntryRow, entries_for_stream, rows_from
from cases import actions
from cases.models import Case
from cases.selectors import entries_shown
from cases.services.opening import stream_of

PEOPLE, SYSTEM, EVERYTHING = "people", "system", "all"
_LENGTH = 30
_LOOKING = (actions.CASE_VIEWED.code,)


@dataclass(frozen=True)
class Timeline:
    """The newest entries of a kind; `is_longer` where the record has more."""

    rows: Sequence[EntryRow]
    is_longer: bool


def timeline_of(case: Case, kind: str, principal: Any) -> Timeline:
    """The newest entries: of `people`, of the `system`, or `all`; only `all` tells who looked.

    What `principal` may not know is left out.
    """
    entries = entries_shown(entries_for_stream(stream_of(case)), principal)
    if kind == SYSTEM:
        entries = entries.exclude(actor_kind="person")
    elif kind == PEOPLE:
        entries = entries.filter(actor_kind="person")
    if kind != EVERYTHING:
        entries = entries.exclude(action__in=_LOOKING)
    found: list[AuditEntry] = list(entries[: _LENGTH + 1])
    return Timeline(rows_from(found[:_LENGTH], with_personal=False), len(found) > _LENGTH)
