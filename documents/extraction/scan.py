"""A scanned or photographed page: stood upright and level, its zone and its words read."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from documents.extraction.classify import IDENTITY, classify
from documents.extraction.imaging.marks import Grey
from documents.extraction.imaging.straighten import LEAST_TURN, turn_of, turned
from documents.extraction.lines import joined, lines_of
from documents.extraction.mrz import looks_like_zone
from documents.extraction.ocr.boxes import line_finder
from documents.extraction.ocr.lines import line_reader
from documents.extraction.ocr.paddle import PaddleReader
from documents.extraction.ocr.protocol import Colours, PageReader
from documents.extraction.ocr.tesseract import TesseractReader
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.shapes import MrzReading, Word
from documents.extraction.stages import Stages
from documents.extraction.zone import zone_on
from documents.extraction.zone_by_tesseract import page_zone

_MANY_WORDS = 120  # a page with more and no sign of a zone is a text


@dataclass(frozen=True)
class Scan:
    """`picture` is upright; `turned` says whether it differs from the file's own picture."""

    picture: Image.Image
    turned: bool
    words: tuple[Word, ...]
    zone: MrzReading | None


def read_scan(path: Path, number: int, folder: Path, settings: OcrSettings, stages: Stages) -> Scan:
    """Words and zone of the page's picture at `path`; boxes are in the pixels of the upright picture.

    A zone found tells which way up the page is; without one the reader does.
    """
    with Image.open(path) as file:
        page: Colours = np.asarray(file.convert("RGB"), dtype=np.uint8)
    reader = page_reader(folder, settings)
    with stages.measure("straighten"):
        degrees = turn_of(_grey(page))
        page = turned(page, degrees)
    with stages.measure("words"):
        words, flipped = reader.read(page)
        page = np.ascontiguousarray(np.rot90(page, 2)) if flipped else page
    zone = None
    if _may_have_zone(words):
        with stages.measure("zone"):
            zone, over = _zone(page, words, number, folder, settings)
        if over:
            page, flipped = np.ascontiguousarray(np.rot90(page, 2)), not flipped
            with stages.measure("words"):
                words = reader.read(page)[0]
    return Scan(Image.fromarray(page), flipped or abs(degrees) >= LEAST_TURN, words, zone)


def page_reader(folder: Path, settings: OcrSettings) -> PageReader:
    """The second engine where its models have been fetched, Tesseract otherwise."""
    if settings.line_model and settings.box_model:
        return PaddleReader(line_finder(settings.box_model), line_reader(settings.line_model))
    return TesseractReader(folder, settings)


def zone_of_upright(
    picture: Image.Image, words: tuple[Word, ...], number: int, folder: Path, settings: OcrSettings
) -> MrzReading | None:
    """The zone of a page that is known to stand upright."""
    return _zone(np.asarray(picture.convert("RGB"), dtype=np.uint8), words, number, folder, settings)[0]


def _zone(
    page: Colours, words: tuple[Word, ...], number: int, folder: Path, settings: OcrSettings
) -> tuple[MrzReading | None, bool]:
    """(zone, whether the page stands on its head): by the line model where it is there, else by Tesseract."""
    if settings.line_model is not None:
        found = zone_on(_grey(page), number, line_reader(settings.line_model))
        return found or (None, False)
    return page_zone(Image.fromarray(page).convert("L"), words, number, folder, settings), False


def _may_have_zone(words: tuple[Word, ...]) -> bool:
    if len(words) < _MANY_WORDS or any(looks_like_zone(line.text) for line in lines_of(words)):
        return True
    return classify(joined(words), None)[0] in IDENTITY


def _grey(page: Colours) -> Grey:
    return np.asarray(Image.fromarray(page).convert("L"), dtype=np.uint8)
