"""Zones on pages as they come: turned, photographed, poor."""

import io

import numpy as np
import pytest
from PIL import Image

from documents.extraction.imaging.straighten import turn_of, turned
from documents.extraction.ocr.lines import line_reader
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.zone import zone_on
from documents.synthesis import make_specimen


@pytest.mark.parametrize(
    ("kind", "shape", "wear", "turn"),
    [("passport", "TD3", "photo", 0), ("national_id", "TD1", "poor", 1), ("visa", "MRV-B", "scan", 2), ("national_id", "FRA-ID", "photo", 3)],
)  # fmt: skip
def test_zone_of_a_worn_document_reads_exactly(ocr: OcrSettings, kind: str, shape: str, wear: str, turn: int) -> None:
    if ocr.line_model is None:
        pytest.skip("the line model is not here: run `manage.py fetch_models`")
    specimen = make_specimen(kind, 21, wear=wear, shape=shape, turned=turn, language="en")
    grey = np.asarray(Image.open(io.BytesIO(specimen.content)).convert("L"), dtype=np.uint8)
    found = zone_on(turned(grey, turn_of(grey)), 1, line_reader(ocr.line_model))
    assert found is not None
    zone, stands_on_its_head = found
    assert (list(zone.lines), zone.valid) == (specimen.truth["mrz"], True)
    assert not (turn == 0 and stands_on_its_head)


def test_page_of_print_has_no_zone(ocr: OcrSettings) -> None:
    if ocr.line_model is None:
        pytest.skip("the line model is not here: run `manage.py fetch_models`")
    specimen = make_specimen("bank_statement", 3, wear="clean", turned=0)
    grey = np.asarray(Image.open(io.BytesIO(specimen.content)).convert("L"), dtype=np.uint8)
    assert zone_on(grey, 1, line_reader(ocr.line_model)) is None
