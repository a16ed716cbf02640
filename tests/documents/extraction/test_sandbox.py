"""Reading in a child process: good files, bad files, and no child left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.extraction.limits import MAX_BYTES, REFUSALS
from documents.extraction.ocr_settings import OcrSettings, OcrUnavailable
from documents.extraction.sandbox import read_in_child
from documents.extraction.shapes import Reading
from tests.factories.documents import TODAY, draw_page, draw_passport, make_pdf, passport_lines, png_claiming

_WORDS = "Invoice number HL-2031 for the lights of the harbour"
_ORPHAN = """
import sys; from datetime import date
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.sandbox import read_in_child
with read_in_child(open(sys.argv[1], "rb").read(), OcrSettings(), date(2026, 11, 21)): pass
"""


def reading_of(content: bytes, settings: OcrSettings | None = None, **more: float) -> Reading:
    with read_in_child(content, settings or OcrSettings(), TODAY, **more) as (reading, _):
        return reading


def test_passport_scan_reads_as_its_zone(ocr: OcrSettings) -> None:
    reading = reading_of(draw_passport(), ocr)
    assert reading.document_type == "passport"
    assert reading.mrz is not None
    assert list(reading.mrz.lines) == passport_lines()
    assert reading.mrz.valid


def test_pdf_with_a_text_layer_reads_without_recognition() -> None:
    reading = reading_of(make_pdf(_WORDS, _WORDS))
    assert [(page.number, page.source, page.text) for page in reading.pages] == [
        (1, "text", _WORDS),
        (2, "text", _WORDS),
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pdf_that_is_rotated_has_its_words_on_the_page(rotate: int) -> None:
    page = reading_of(make_pdf(_WORDS, rotate=rotate)).pages[0]
    assert all(
        0 <= word.box[0] < word.box[2] <= page.width and 0 <= word.box[1] < word.box[3] <= page.height
        for word in page.words
    )


def test_scan_of_a_page_is_recognised() -> None:
    reading = reading_of(draw_page("INVOICE\nInvoice number HL-2031\nTotal 119.00 EUR"))
    assert reading.document_type == "invoice"
    assert {item.name: item.value for item in reading.fields}["total"] == "119.00"


def test_page_images_are_made_anew() -> None:
    with read_in_child(draw_page("a page") + b"<script>", OcrSettings(), TODAY) as (reading, folder):
        image = (folder / reading.pages[0].image).read_bytes()
    assert image.startswith(b"\xff\xd8\xff")
    assert b"<script>" not in image


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", "empty"), (b"<html>no document</html>", "unsupported_type"), (b"%PDF-1.7 and nothing more", "broken"),
        (draw_page("cut")[:2000], "broken"), (png_claiming(30_000, 30_000), "too_many_pixels"),
        (make_pdf(*["page"] * 51), "too_many_pages"), (b"\xff\xd8\xff" + bytes(MAX_BYTES), "too_large"),
    ],
    ids=["empty", "html", "pdf header", "cut png", "huge png", "51 pages", "21 MB"],
)  # fmt: skip
def test_bad_file_is_refused_with_its_reason(content: bytes, refusal: str) -> None:
    reading = reading_of(content)
    assert reading.refusal == refusal
    assert REFUSALS[refusal].endswith(".")


def test_reading_that_takes_too_long_is_stopped() -> None:
    started = time.monotonic()
    assert reading_of(draw_page("slow"), seconds=0.05).refusal == "too_slow"
    assert time.monotonic() - started < 2


def test_missing_tesseract_is_no_fault_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(OcrUnavailable):
        reading_of(draw_page("text"))


def test_missing_language_is_no_fault_of_the_document() -> None:
    with pytest.raises(OcrUnavailable):
        reading_of(draw_page("text"), OcrSettings("tlh"))


def test_reader_starts_without_pandas() -> None:
    code = "import documents.extraction.child, sys; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_reader_of_a_killed_worker_ends_with_it(tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(draw_page("\n".join(["many words to read on this page"] * 20)))
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    worker = subprocess.Popen([sys.executable, "-c", _ORPHAN, str(scan)], env=environment)
    _wait_for(lambda: bool(_readers(tmp_path)))
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert _wait_for(lambda: not _readers(tmp_path))


def _readers(folder: Path) -> list[str]:
    """The processes whose command line names a file in `folder`, Tesseract included, without the worker itself."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = entry.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"{folder}/probity-read" in command:
            found.append(command)
    return found


def _wait_for(condition: Callable[[], bool], seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False
