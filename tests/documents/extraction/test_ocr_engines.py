"""Both engines read a page the right way up, and say when they had to turn it."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from documents.extraction.lines import joined
from documents.extraction.ocr.protocol import Colours, PageReader
from documents.extraction.ocr.tesseract import TesseractReader
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.scan import page_reader
from documents.synthesis import make_specimen


@pytest.fixture(params=["tesseract", "paddle"])
def reader(request: pytest.FixtureRequest, ocr: OcrSettings, tmp_path: Path) -> PageReader:
    if request.param == "tesseract":
        return TesseractReader(tmp_path, OcrSettings())
    if ocr.box_model is None:
        pytest.skip("the box model is not here: run `manage.py fetch_models`")
    return page_reader(tmp_path, ocr)


@pytest.mark.parametrize("half_turn", [False, True])
def test_page_is_read_whichever_way_up(reader: PageReader, half_turn: bool) -> None:
    specimen = make_specimen("payslip", 3, wear="clean", language="en", layout="plain", turned=2 if half_turn else 0)
    page: Colours = np.asarray(Image.open(io.BytesIO(specimen.content)).convert("RGB"), dtype=np.uint8)
    words, flipped = reader.read(page)
    assert flipped is half_turn
    assert str(specimen.truth["fields"]["name"]) in joined(words)
    assert all(word.box[0] < word.box[2] and word.box[1] < word.box[3] for word in words)
