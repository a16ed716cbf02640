"""The same, done again and again, takes one line of a page; what carries something of its own never does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from audit.selectors import EntryRow, folded

_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
LOOKED = EntryRow(
    id=1, at=_AT, actor_name="Ana", actor_kind="person", action="cases.viewed", sentence="looked at the case",
    object_type="case", object_id="7", reason="", changes=(), personal=(), has_personal=False, request_id="", stream="case:7",
    stream_seq=1, leaf="00",
)  # fmt: skip


def test_what_follows_and_says_the_same_is_one_fold_with_the_others_inside() -> None:
    rows = [replace(LOOKED, id=number) for number in (5, 4, 3)] + [replace(LOOKED, id=2, actor_name="Rui")]
    rows += [replace(LOOKED, id=1)]
    assert [(fold.row.id, [row.id for row in fold.others]) for fold in folded(rows)] == [(5, [4, 3]), (2, []), (1, [])]


def test_a_reason_or_something_personal_stands_by_itself() -> None:
    rows = [replace(LOOKED, id=4, reason="asked"), replace(LOOKED, id=3, reason="asked")]
    rows += [replace(LOOKED, id=2, has_personal=True), replace(LOOKED, id=1, has_personal=True)]
    assert [(fold.row.id, fold.others) for fold in folded(rows)] == [(4, ()), (3, ()), (2, ()), (1, ())]


def test_two_days_are_two_folds() -> None:
    assert len(folded([LOOKED, replace(LOOKED, at=_AT - timedelta(days=1))])) == 2
