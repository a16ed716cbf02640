"""`manage.py extract_documents`: one line for every file, whatever it is."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bench.documents import score
from documents.extraction.limits import MAX_BYTES
from documents.management.progress import Progress
from tests.factories.documents import make_pdf

_INVOICE = "Harbour Lights Ltd\nInvoice number HL-2031\nInvoice date 3 January 2026\nTotal 119.00 EUR\nVAT 19.00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    (place / "below").mkdir(parents=True)
    (place / "below" / "invoice.pdf").write_bytes(make_pdf(_INVOICE))
    (place / "page.html").write_bytes(b"<html>no document</html>")
    (place / "cut.pdf").write_bytes(b"%PDF-1.7")
    (place / "large.jpg").write_bytes(b"\xff\xd8\xff" + bytes(MAX_BYTES))
    (place / "gone.png").symlink_to(place / "nowhere")
    (place / "\u202efdp.exe").write_bytes(b"")
    os.mkfifo(place / "pipe.pdf")
    return place


def lines_of(folder: Path, output: Path, **options: Any) -> dict[str, dict[str, Any]]:
    call_command("extract_documents", folder, output=output, **options)
    return {line["file"]: line for line in map(json.loads, output.read_text().splitlines())}


def test_folder_gives_a_line_for_every_file(folder: Path, tmp_path: Path) -> None:
    lines = lines_of(folder, tmp_path / "out.jsonl", workers=2)
    assert {name: line["error"] and line["error"]["code"] for name, line in lines.items()} == {
        "below/invoice.pdf": None, "page.html": "unsupported_type", "cut.pdf": "broken", "large.jpg": "too_large",
        "gone.png": "unreadable", "\u202efdp.exe": "empty", "pipe.pdf": "unreadable",
    }  # fmt: skip
    assert all(line["status"] == ("rejected" if line["error"] else line["status"]) for line in lines.values())


def test_line_of_an_invoice_keeps_the_contract(folder: Path, tmp_path: Path) -> None:
    line = lines_of(folder, tmp_path / "out.jsonl")["below/invoice.pdf"]
    assert line["document_type"] == "invoice"
    assert line["fields"]["amount"] == line["fields"]["total"]
    assert line["fields"]["date"]["value"] == "2026-01-03"
    assert set(line["fields"]["invoice_number"]) == {"value", "confidence", "source", "page", "box"}
    assert line["stages"]["decode"] >= 0
    assert line["memory_mb"] > 0


@pytest.mark.parametrize("options", [{"workers": 0}, {"output": Path("/nowhere/out.jsonl")}])
def test_command_that_cannot_run_says_why(folder: Path, tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        lines_of(folder, **({"output": tmp_path / "out.jsonl"} | options))


def test_progress_is_drawn_on_a_terminal_alone() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        progress = Progress(2, stream)
        progress.step("extracted")
        progress.step("rejected")
        progress.end()
    assert "2/2" in terminal.getvalue()
    assert not file.getvalue()
    assert progress.summary.startswith("2 of 2 files")


def test_score_counts_a_valid_zone_that_is_not_the_true_one() -> None:
    zone = {"lines": ["A"], "valid": True}
    line = {"document_type": "passport", "status": "needs_review", "fields": {}, "mrz": zone}
    counts, _ = score({"a.jpg": {"document_type": "passport", "mrz": ["B"]}}, {"a.jpg": line})
    assert (counts["zones exact"], counts["types right"], counts["wrong but verified"]) == (0, 1, 1)
