"""Published documents: specimens that read as their truth says, broken ones that are refused. Skipped without them."""

import json
import time
from functools import cache
from typing import Any

import pytest

from documents.extraction.limits import REFUSALS
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.sandbox import read_in_child
from tests.factories.documents import SHARED_DOCUMENTS, TODAY

_DEV_SET = SHARED_DOCUMENTS / "dev_set"
_MALFORMED = SHARED_DOCUMENTS / "malformed"
_SECONDS_A_FILE = 15
_HOSTILE = (
    "crafted/double_flate_bomb.pdf", "crafted/flate_bomb_64MB.pdf", "crafted/huge_mediabox.pdf", "crafted/js_openaction.pdf",
    "crafted/launch_action.pdf", "crafted/page_count_lie.pdf", "crafted/pages_loop.pdf", "crafted/png_30000x30000.png",
    "crafted/polyglot_pdf_zip.pdf", "crafted/svg_xxe.svg", "crafted/html_named.pdf", "crafted/one_byte.jpg",
    "crafted/gifar.gif", "pillow/crash-2020-10-test.tif", "pillow/oom-225817ca0f8c663be7ab4b9e717b02c661e66834.tif",
    "pillow/png_decompression_dos.png", "pillow/truncated_jpeg.jpg", "pdfjs/poppler-85140-0.pdf",
    "pdfjs/Pages-tree-refs.pdf", "pdfjs/poppler-395-0-fuzzed.pdf", "qpdf/bad-token-startxref.pdf", "qpdf/bad36.pdf",
    "qpdf/enc-R3,V2,U=view,O=view.pdf",
)  # fmt: skip
_SLOW_AND_ALIKE = {"invoice-dutch.png", "invoice-italian.png", "invoice-french.png", "invoice-german.png", "invoice-spanish.png", "invoice-english-britain.png",
                   "simple-invoice.png"}  # fmt: skip
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not _DEV_SET.is_dir(), reason=f"the published documents are not at {SHARED_DOCUMENTS}"),
]


@cache
def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_DEV_SET / "truth.json").read_text()) if _DEV_SET.is_dir() else {}
    return found


@pytest.mark.parametrize("name", [name for name, true in truth().items() if "mrz" in true])
def test_specimen_zone_reads_exactly(name: str, ocr: OcrSettings) -> None:
    with read_in_child((_DEV_SET / name).read_bytes(), ocr, TODAY) as (reading, _):
        values = {item.name: item.value for item in reading.fields}
    assert reading.mrz is not None
    assert list(reading.mrz.lines) == truth()[name]["mrz"]
    assert reading.mrz.valid
    assert values == values | truth()[name]["fields"]


@pytest.mark.parametrize(
    "name", [name for name, true in truth().items() if "mrz" not in true and name not in _SLOW_AND_ALIKE]
)
def test_specimen_is_of_its_type(name: str, ocr: OcrSettings) -> None:
    with read_in_child((_DEV_SET / name).read_bytes(), ocr, TODAY) as (reading, _):
        assert reading.document_type == truth()[name]["document_type"]


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_file_ends_in_a_reading_or_a_refusal(name: str) -> None:
    started = time.monotonic()
    with read_in_child((_MALFORMED / name).read_bytes(), OcrSettings(), TODAY) as (reading, _):
        assert reading.refusal in {"", *REFUSALS}
        assert bool(reading.pages) != bool(reading.refusal)
    assert time.monotonic() - started < _SECONDS_A_FILE
