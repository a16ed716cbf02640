"""Rows of the record as people read them: the same, done again and again by the same one, takes one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from audit.selectors.entries import EntryRow


@dataclass(frozen=True)
class Fold:
    """The newest of rows that follow one another and say the same, and the others, which a reader can open."""

    row: EntryRow
    others: tuple[EntryRow, ...] = ()


def folded(rows: Iterable[EntryRow]) -> list[Fold]:
    """`rows` in their order. What carries a reason, a value or something personal always stands by itself."""
    folds: list[Fold] = []
    for key, same in groupby(rows, key=_sameness):
        first, *others = same
        folds += [Fold(first, tuple(others))] if key else [Fold(row) for row in (first, *others)]
    return folds


def _sameness(row: EntryRow) -> tuple[object, ...]:
    if row.reason or row.changes or row.has_personal:
        return ()
    return (row.actor_kind, row.actor_name, row.action, row.sentence, row.at.date())
