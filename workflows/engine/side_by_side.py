"""Two texts beside each other, line by line, for people who approve the second. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 3


@dataclass(frozen=True)
class Row:
    """A line of each text with its number; one is None where the other was put in or taken out.

    `kind` is `same`, `changed`, `added`, `removed` or `gap`, which stands for `hidden` lines that are the same.
    """

    kind: str
    left_number: int | None = None
    left: str = ""
    right_number: int | None = None
    right: str = ""
    hidden: int = 0


def compared(left: str, right: str) -> list[Row]:
    """Every line that differs, with three lines around; empty where the texts are the same."""
    rows = list(_rows(left.splitlines(), right.splitlines()))
    near = {
        other for at, row in enumerate(rows) if row.kind != "same" for other in range(at - _AROUND, at + _AROUND + 1)
    }
    return list(_folded(rows, near)) if near else []


def _rows(left: list[str], right: list[str]) -> Iterator[Row]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        name = {"equal": "same", "replace": "changed", "delete": "removed", "insert": "added"}[kind]
        for offset in range(max(i2 - i1, j2 - j1)):
            i, j = i1 + offset, j1 + offset
            has_left, has_right = i < i2, j < j2
            yield Row(
                name if has_left and has_right else "removed" if has_left else "added",
                i + 1 if has_left else None, left[i] if has_left else "",
                j + 1 if has_right else None, right[j] if has_right else "",
            )  # fmt: skip


def _folded(rows: list[Row], near: set[int]) -> Iterator[Row]:
    hidden = 0
    for at, row in enumerate(rows):
        if at in near:
            if hidden:
                yield Row("gap", hidden=hidden)
            hidden = 0
            yield row
        else:
            hidden += 1
    if hidden:
        yield Row("gap", hidden=hidden)
