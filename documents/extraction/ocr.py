"""Optical character recognition by Tesseract: words with boxes, and the machine-readable zone by its own model."""

from dataclasses import replace

import pytesseract
from PIL import Image, ImageOps

from documents.extraction.mrz import best_zone
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.shapes import MrzReading, Word

_WIDTH = 1600
_LEAST_CONFIDENCE = 30
# Bands of the page, from the bottom, and widths to scale them to: the first that reads clean ends the search.
_MRZ_ATTEMPTS = ((0.35, 1400), (0.5, 1400), (1.0, 1400), (1.0, 2000))


def page_words(image: Image.Image, settings: OcrSettings) -> tuple[Word, ...]:
    """The words on a page, in reading order, boxes in the page's own pixels."""
    scale = _WIDTH / image.width if image.width < _WIDTH else 1.0
    grey = ImageOps.autocontrast(_scaled(image.convert("L"), scale))
    data = pytesseract.image_to_data(grey, lang=settings.languages, output_type=pytesseract.Output.DICT)
    words = []
    for index, text in enumerate(data["text"]):
        confidence = float(data["conf"][index])
        if text.strip() and confidence >= _LEAST_CONFIDENCE:
            left, top = data["left"][index] / scale, data["top"][index] / scale
            right, bottom = left + data["width"][index] / scale, top + data["height"][index] / scale
            words.append(Word(text.strip(), confidence / 100, (int(left), int(top), int(right), int(bottom))))
    return tuple(words)


def page_zone(image: Image.Image, page: int, settings: OcrSettings) -> MrzReading | None:
    """The page's machine-readable zone, from the band and scale that read best; None where there is none."""
    best: MrzReading | None = None
    for share, width in _MRZ_ATTEMPTS:
        top = int(image.height * (1 - share))
        band = image.crop((0, top, image.width, image.height)).convert("L")
        grey = ImageOps.autocontrast(_scaled(band, width / band.width))
        zone = best_zone(_zone_text(grey, settings), page)
        if zone is not None and (best is None or sum(zone.checks.values()) > sum(best.checks.values())):
            best = replace(zone, box=(0, top, image.width, image.height))
        if best is not None and best.valid:
            break
    return best


def _zone_text(grey: Image.Image, settings: OcrSettings) -> str:
    if settings.mrz_model is None:
        return str(pytesseract.image_to_string(grey, lang="eng", config="--psm 6"))
    folder = settings.mrz_model.parent
    config = f"--tessdata-dir {folder} --psm 6 --oem 1"
    return str(pytesseract.image_to_string(grey, lang=settings.mrz_model.stem, config=config))


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    if scale == 1.0:
        return image
    size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)
