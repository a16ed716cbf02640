"""What of the record is kept from whom. Higher floors know why; they register what to leave out for a principal."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from audit.models import AuditEntry

Concealer = Callable[[Any], Q | None]
_concealers: list[Concealer] = []


def register_concealer(concealer: Concealer) -> None:
    """`concealer(principal)` gives the entries that this principal may not see, or None. Once, at the app's start."""
    if concealer not in _concealers:
        _concealers.append(concealer)


def visible_entries(rows: QuerySet[AuditEntry], principal: Any) -> QuerySet[AuditEntry]:
    """Of `rows` those that `principal` may see."""
    for concealer in _concealers:
        hidden = concealer(principal)
        rows = rows if hidden is None else rows.exclude(hidden)
    return rows
