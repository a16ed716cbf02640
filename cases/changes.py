"""What happened to a case since somebody saw it: who changed which of its columns, when."""

import itertools
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.enums import CaseStatus
from cases.models import Case
from core.words import said

_COLUMNS = ("status", "assignee", "queue", "priority", "due_at", "snoozed_until")
_MOST = 20


@dataclass(frozen=True)
class ColumnChange:
    """One column before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class CaseChange:
    """What one person, or the workflow, changed at once."""

    who: str
    at: datetime
    columns: tuple[ColumnChange, ...]


def changes_since(case: Case, version: int) -> list[CaseChange]:
    """The changes of the case's columns after `version`, oldest first; changes that no column shows are left out."""
    if case.is_concealed:
        return []
    related = ("history_user", "assignee", "queue")
    rows = case.history.filter(version__gte=version).select_related(*related).order_by("history_id")[:_MOST]
    rows = list(rows)
    made = [
        CaseChange(_who(after), after.history_date, _differences(before, after))
        for before, after in itertools.pairwise(rows)
        if after.version != version
    ]
    return [change for change in made if change.columns]


def _who(row: Any) -> str:
    return row.history_user.actor.name if row.history_user else said("the workflow")


def _differences(before: Any, after: Any) -> tuple[ColumnChange, ...]:
    pairs = ((name, _shown(name, before), _shown(name, after)) for name in _COLUMNS)
    return tuple(ColumnChange(name.replace("_", " ").capitalize(), was, now) for name, was, now in pairs if was != now)


def _shown(name: str, row: Any) -> str:
    value = getattr(row, name)
    if name == "status":
        return str(CaseStatus(value).label)
    if name in {"due_at", "snoozed_until"}:
        return f"{value:%Y-%m-%d %H:%M}" if value else "–"
    return "nobody" if value is None and name == "assignee" else str(value)
