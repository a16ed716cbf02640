"""A scanned or photographed page: stood upright and level, its zone and its words read."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.extraction.classify import IDENTITY, classify
from documents.extraction.imaging.straighten import LEAST_TURN, turn_of, turned
from documents.extraction.lines import joined, lines_of
from documents.extraction.mrz import looks_like_zone
from documents.extraction.ocr.lines import line_reader
from documents.extraction.ocr.tesseract import page_words
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.shapes import MrzReading, Word
from documents.extraction.stages import Stages
from documents.extraction.zone import zone_on
from documents.extraction.zone_by_tesseract import page_zone

_FEW_WORDS = 50  # a page that reads as almost empty may be a card
_MANY_WORDS = 120  # a page with more and no sign of a zone is a text
_SURE = 0.7
_LEAST_LETTERS = 60
_MOSTLY = 0.5
_BETTER = 1.3
_WORD = re.compile(r"[^\W_][\w.,:/'’€$£%&()+-]{2,}")


@dataclass(frozen=True)
class Scan:
    """`picture` is upright; `turned` says whether it differs from the file's own picture."""

    picture: Image.Image
    turned: bool
    words: tuple[Word, ...]
    zone: MrzReading | None


def read_scan(path: Path, number: int, folder: Path, settings: OcrSettings, stages: Stages) -> Scan:
    """Words and zone of the page's picture at `path`; boxes are in the pixels of the upright picture."""
    with Image.open(path) as file:
        colours: NDArray[np.uint8] = np.asarray(file.convert("RGB"), dtype=np.uint8)
    with stages.measure("straighten"):
        degrees = turn_of(_grey(colours))
        colours = turned(colours, degrees)
    with stages.measure("words"):
        words = page_words(_image(colours), folder, settings)
    flipped, zone = False, None
    if _may_have_zone(words):
        with stages.measure("zone"):
            zone, flipped = _zone(colours, words, number, folder, settings)
    if flipped or (zone is None and _is_poor(words)):
        with stages.measure("words"):
            over = np.ascontiguousarray(np.rot90(colours, 2))
            other = page_words(_image(over), folder, settings)
        if flipped or _letters(other) > _BETTER * max(_letters(words), 1):
            colours, words, flipped = over, other, True
    if zone is None and len(words) < _FEW_WORDS:
        with stages.measure("words"):
            words = max(words, page_words(_image(colours), folder, settings, sparse=True), key=len)
    return Scan(Image.fromarray(colours), flipped or abs(degrees) >= LEAST_TURN, words, zone)


def zone_of_upright(
    grey: Image.Image, words: tuple[Word, ...], number: int, folder: Path, settings: OcrSettings
) -> MrzReading | None:
    """The zone of a page that is known to stand upright."""
    return _zone(np.asarray(grey, dtype=np.uint8), words, number, folder, settings)[0]


def _zone(
    picture: NDArray[np.uint8], words: tuple[Word, ...], number: int, folder: Path, settings: OcrSettings
) -> tuple[MrzReading | None, bool]:
    """(zone, whether the page stands on its head): by the line model where it is there, else by Tesseract."""
    if settings.line_model is not None:
        found = zone_on(_grey(picture), number, line_reader(settings.line_model))
        return found or (None, False)
    return page_zone(Image.fromarray(_grey(picture)), words, number, folder, settings), False


def _may_have_zone(words: tuple[Word, ...]) -> bool:
    if len(words) < _MANY_WORDS or any(looks_like_zone(line.text) for line in lines_of(words)):
        return True
    return classify(joined(words), None)[0] in IDENTITY


def _is_poor(words: tuple[Word, ...]) -> bool:
    """Whether little of what was read looks like words: the page may stand on its head."""
    letters = sum(len(word.text) for word in words)
    good = _letters(words)
    return good < _LEAST_LETTERS or good < _MOSTLY * letters


def _letters(words: tuple[Word, ...]) -> int:
    """How many letters and digits stand in words that were read with certainty."""
    return sum(len(word.text) for word in words if word.confidence >= _SURE and _WORD.fullmatch(word.text))


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return picture if picture.ndim == 2 else np.asarray(_image(picture), dtype=np.uint8)  # noqa: PLR2004 - rows, columns


def _image(picture: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(picture).convert("L")
