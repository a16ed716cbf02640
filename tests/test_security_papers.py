"""The table of OWASP ASVS 5.0 names every requirement of levels 1 and 2, and only evidence that is there."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings

HOME = Path(__file__).resolve().parent.parent
# Requirements of levels 1 and 2 in each chapter of version 5.0.0, V1 to V17.
_BY_CHAPTER = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)
_LEVEL_1 = 70
with (HOME / "docs/security/asvs.csv").open(newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def test_every_requirement_of_levels_1_and_2_has_one_row() -> None:
    names = [row["requirement"] for row in ROWS]
    assert len(names) == len(set(names))
    chapters = [int(re.fullmatch(r"V(\d+)\.\d+\.\d+", name)[1]) for name in names]  # type: ignore[index]
    assert tuple(chapters.count(number) for number in range(1, 18)) == _BY_CHAPTER
    assert sum(row["level"] == "1" for row in ROWS) == _LEVEL_1


@pytest.mark.parametrize("status", ["test", "code", "document"])
def test_what_is_named_as_evidence_is_there(status: str) -> None:
    gone = []
    for row in ROWS:
        path, _, name = row["evidence"].partition("::")
        if row["status"] == status:
            file = HOME / path
            if not file.exists() or (name and f"def {name}(" not in file.read_text()):
                gone.append((row["requirement"], row["evidence"]))
    assert gone == []


def test_settings_named_as_evidence_are_set() -> None:
    assert [
        row["evidence"] for row in ROWS if row["status"] == "setting" and not hasattr(settings, row["evidence"])
    ] == []


def test_every_other_row_gives_its_reason() -> None:
    known = {"test", "code", "document", "setting", "not applicable", "missing"}
    assert {row["status"] for row in ROWS} <= known
    assert all(row["evidence"] and row["in short"] for row in ROWS)
