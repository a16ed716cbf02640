"""Optical character recognition by Tesseract: words and lines with their boxes."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from documents.extraction.mrz import ZoneLine
from documents.extraction.ocr.protocol import Colours
from documents.extraction.ocr_settings import OcrSettings, OcrUnavailable
from documents.extraction.shapes import Word

_NARROWEST, _WIDEST = 1600, 2200
_LARGEST_SCALE = 4.0  # beyond it there are no more letters to find, only more time to lose
_LEAST_CONFIDENCE = 30
_FEW_WORDS = 50  # a page that reads as almost empty may be a card
_SURE, _LEAST_LETTERS, _MOSTLY, _BETTER = 0.7, 60, 0.5, 1.3
_WORD = re.compile(r"[^\W_][\w.,:/'’€$£%&()+-]{2,}")
_NO_LANGUAGE = ("Failed loading language", "couldn't load any languages")


def _pytesseract() -> ModuleType:
    """pytesseract without the tables it can also give: pandas takes half of the time in which the reader of a file starts."""
    kept = {"pandas": sys.modules.pop("pandas")} if "pandas" in sys.modules else {}
    sys.modules["pandas"] = None  # type: ignore[assignment]  # how an import is refused
    try:
        return import_module("pytesseract")
    finally:
        del sys.modules["pandas"]
        sys.modules.update(kept)


pytesseract = _pytesseract()


@dataclass(frozen=True)
class TesseractReader:
    """Pages read by Tesseract; `folder` holds the picture that is handed over."""

    folder: Path
    settings: OcrSettings

    def read(self, page: Colours) -> tuple[tuple[Word, ...], bool]:
        """The page both ways round where the first reading is poor; the one with more words in it is believed."""
        words = self._words(page)
        if not _is_poor(words):
            return words, False
        other = self._words(np.ascontiguousarray(np.rot90(page, 2)))
        return (other, True) if _letters(other) > _BETTER * max(_letters(words), 1) else (words, False)

    def _words(self, page: Colours) -> tuple[Word, ...]:
        """As running text, and as words strewn over a card where that finds few."""
        grey = Image.fromarray(page).convert("L")
        words = page_words(grey, self.folder, self.settings)
        if len(words) >= _FEW_WORDS:
            return words
        return max(words, page_words(grey, self.folder, self.settings, sparse=True), key=len)


def _is_poor(words: tuple[Word, ...]) -> bool:
    """Whether little of what was read looks like words."""
    good = _letters(words)
    return good < _LEAST_LETTERS or good < _MOSTLY * sum(len(word.text) for word in words)


def _letters(words: tuple[Word, ...]) -> int:
    """How many letters and digits stand in words that were read with certainty."""
    return sum(len(word.text) for word in words if word.confidence >= _SURE and _WORD.fullmatch(word.text))


@dataclass(frozen=True)
class _Cell:
    """A word as Tesseract gives it: its line, and its box on the page."""

    line: tuple[int, int, int]
    word: Word


def page_words(grey: Image.Image, folder: Path, settings: OcrSettings, *, sparse: bool = False) -> tuple[Word, ...]:
    """The words on a page, in reading order, boxes in the page's own pixels.

    `sparse` reads words strewn over a surface, as they are on cards.
    """
    width = _NARROWEST if sparse else min(max(grey.width, _NARROWEST), _WIDEST)
    cells = _cells(grey, _scale(grey, width), folder, settings.languages, "--psm 11" if sparse else "--psm 3", 0)
    return tuple(cell.word for cell in cells if cell.word.confidence * 100 >= _LEAST_CONFIDENCE)


def zone_lines(
    grey: Image.Image, rows: tuple[int, int], width: int, folder: Path, model: tuple[str, str]
) -> Iterator[ZoneLine]:
    """The lines that `model` (language, options) reads between two rows of pixels, at a page width of `width` pixels."""
    top, bottom = rows
    cells = _cells(grey.crop((0, top, grey.width, bottom)), _scale(grey, width), folder, *model, top)
    for _, group in groupby(cells, key=lambda cell: cell.line):
        words = [cell.word for cell in group]
        boxes = [word.box for word in words]
        yield ZoneLine(
            "".join(word.text for word in words),
            (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)),
        )


def _cells(grey: Image.Image, scale: float, folder: Path, language: str, config: str, top: int) -> list[_Cell]:
    """Tesseract's words. Handed over as a PGM file: compressing a page as PNG takes longer than reading it."""
    path = folder / "ocr.pgm"
    ImageOps.autocontrast(_scaled(grey, scale)).save(path, "PPM")
    data = _recognised(str(path), language, config)
    return [_cell(data, index, scale, top) for index, text in enumerate(data["text"]) if text.strip()]


def _cell(data: dict[str, Any], index: int, scale: float, top: int) -> _Cell:
    left, upper = data["left"][index] / scale, data["top"][index] / scale + top
    right, lower = left + data["width"][index] / scale, upper + data["height"][index] / scale
    box = (int(left), int(upper), int(right), int(lower))
    line = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
    return _Cell(line, Word(data["text"][index].strip(), max(0.0, float(data["conf"][index]) / 100), box))


def _recognised(path: str, language: str, config: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = pytesseract.image_to_data(
            path, lang=language, config=config, output_type=pytesseract.Output.DICT
        )
    except pytesseract.TesseractNotFoundError as error:
        raise OcrUnavailable("tesseract is not installed") from error
    except pytesseract.TesseractError as error:
        if any(words in error.message for words in _NO_LANGUAGE):
            raise OcrUnavailable(f"tesseract has no language {language}") from error
        raise
    return data


def _scale(grey: Image.Image, width: int) -> float:
    return min(width / grey.width, _LARGEST_SCALE)


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
