"""Optical character recognition by Tesseract: words with boxes, and the machine-readable zone by its own model."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytesseract
from PIL import Image, ImageOps

from documents.extraction.mrz import ZoneLine, agreed, best_zone, zones_in
from documents.extraction.ocr_settings import OcrSettings, OcrUnavailable
from documents.extraction.shapes import MrzReading, Word

_NARROWEST, _WIDEST = 1600, 2200
_LEAST_CONFIDENCE = 30
_FEW_WORDS = 50
# Bands of the page, from the bottom, and widths to scale them to: the first that reads clean ends the search.
_MRZ_ATTEMPTS = ((0.35, 1400), (0.5, 1400), (1.0, 1400), (1.0, 2000))
_NO_LANGUAGE = ("Failed loading language", "couldn't load any languages")


@dataclass(frozen=True)
class _Cell:
    """A word as Tesseract gives it: its line, and its box on the page."""

    line: tuple[int, int, int]
    word: Word


def page_words(grey: Image.Image, folder: Path, settings: OcrSettings, *, sparse: bool) -> tuple[Word, ...]:
    """The words on a page, in reading order, boxes in the page's own pixels.

    `sparse`: where the page reads as almost empty, as cards do, it is read again as words strewn over a surface.
    """
    width = min(max(grey.width, _NARROWEST), _WIDEST)
    image = ImageOps.autocontrast(_scaled(grey, width / grey.width))
    words = _kept(image, folder, settings, "--psm 3", width / grey.width)
    if sparse and len(words) < _FEW_WORDS:
        image = ImageOps.autocontrast(_scaled(grey, _NARROWEST / grey.width))
        again = _kept(image, folder, settings, "--psm 11", _NARROWEST / grey.width)
        words = max(words, again, key=len)
    return words


def page_zone(grey: Image.Image, page: int, folder: Path, settings: OcrSettings) -> MrzReading | None:
    """The page's machine-readable zone, from the band and scale that read best; None where there is none.

    Where its digits do not all fit, every attempt is made and `unclear` says which of them read differently.
    """
    attempts: list[MrzReading] = []
    for share, width, model in _attempts(settings):
        top = int(grey.height * (1 - share))
        band = grey.crop((0, top, grey.width, grey.height))
        lines = list(_zone_lines(band, width / grey.width, top, folder, model))
        found = best_zone(lines, page)
        if found is not None and found.valid:
            return found
        attempts += zones_in(lines, page)
    if not attempts:
        return None
    best = max(attempts, key=lambda zone: sum(zone.checks.values()))
    return agreed(best, [zone for zone in attempts if zone is not best])


def _zone_lines(band: Image.Image, scale: float, top: int, folder: Path, model: tuple[str, str]) -> Iterator[ZoneLine]:
    image = ImageOps.autocontrast(_scaled(band, scale))
    cells = _cells(image, folder, *model, scale, top)
    for _, group in groupby(cells, key=lambda cell: cell.line):
        words = [cell.word for cell in group]
        boxes = [word.box for word in words]
        yield ZoneLine(
            "".join(word.text for word in words),
            (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)),
        )


def _attempts(settings: OcrSettings) -> Iterator[tuple[float, int, tuple[str, str]]]:
    """(band from the bottom as a share, width to scale to, model and its options), the likeliest first.

    The general model comes last: it reads zones that are set in another type than OCR-B.
    """
    general = ("eng", "--psm 6")
    if settings.mrz_model is not None:
        folder, name = settings.mrz_model.parent, settings.mrz_model.stem
        for share, width in _MRZ_ATTEMPTS:
            yield share, width, (name, f"--tessdata-dir {folder} --psm 6 --oem 1")
    for share, width in _MRZ_ATTEMPTS[: 1 if settings.mrz_model else None]:
        yield share, width, general


def _kept(image: Image.Image, folder: Path, settings: OcrSettings, config: str, scale: float) -> tuple[Word, ...]:
    cells = _cells(image, folder, settings.languages, config, scale, 0)
    return tuple(cell.word for cell in cells if cell.word.confidence * 100 >= _LEAST_CONFIDENCE)


def _cells(image: Image.Image, folder: Path, language: str, config: str, scale: float, top: int) -> list[_Cell]:
    """Tesseract's words. Handed over as a PGM file: compressing a page as PNG takes longer than reading it."""
    path = folder / "ocr.pgm"
    image.save(path, "PPM")
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


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
