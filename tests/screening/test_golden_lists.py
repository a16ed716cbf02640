"""Every list format on a small invented file: the entries it gives are those of the golden file beside it.

After a wanted change: `PROBITY_WRITE_GOLDEN=1 pytest tests/screening/test_golden_lists.py`, and read the difference.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

import screening.lists  # noqa: F401 - registers the formats
from screening.lists.base import formats

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_parse_of_a_published_shape_gives_the_golden_entries(path: Path) -> None:
    parsed = formats()[path.stem].parse(path)
    assert not parsed.faults
    assert not parsed.doubts
    told = [{name: value for name, value in asdict(entry).items() if value} for entry in parsed.entries]
    expected = GOLDEN / f"{path.stem}.expected.json"
    if os.environ.get("PROBITY_WRITE_GOLDEN"):
        expected.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    assert json.loads(json.dumps(told)) == json.loads(expected.read_text())


@pytest.mark.parametrize("path", [path for path in FILES if path.is_file()], ids=lambda path: path.stem)
def test_parse_of_half_a_file_never_passes_as_the_whole_list(path: Path, tmp_path: Path) -> None:
    half = tmp_path / path.name
    half.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    parsed = formats()[path.stem].parse(half)
    whole = formats()[path.stem].parse(path)
    assert parsed.faults or parsed.doubts or len(parsed.entries) < len(whole.entries)


@pytest.mark.parametrize("code", sorted(formats()))
@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", b"<html/>", b"{}", b"a,b\n1,2\n"])
def test_parse_of_something_else_is_refused(code: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    parsed = formats()[code].parse(tmp_path if formats()[code].folder else path)
    assert parsed.faults
    assert not parsed.entries
