"""Looking for a machine-readable zone by Tesseract alone: where the line model has not been fetched, or finds none."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from documents.extraction.classify import IDENTITY_WITH_ZONE, classify
from documents.extraction.lines import joined, lines_of
from documents.extraction.mrz import ZoneLine, agreed, best_zone, has_zone_shape, looks_like_zone, zones_in
from documents.extraction.ocr.tesseract import zone_lines
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.shapes import MrzReading, Word

_WIDTH, _WIDER = 1400, 2000
_BANDS = (0.35, 0.5)  # of the page's height, from the bottom
_FEW_WORDS = 30
_GENERAL = ("eng", "--psm 6")


@dataclass(frozen=True)
class _Attempt:
    """Rows of the page to read, the page width to scale to, the model and its options."""

    rows: tuple[int, int]
    width: int
    model: tuple[str, str]


def page_zone(
    grey: Image.Image, words: tuple[Word, ...], page: int, folder: Path, settings: OcrSettings
) -> MrzReading | None:
    """The page's zone as the first attempt whose digits all fit reads it; None where there is none.

    `words` are the page's as the general model read them; they say where to look, and whether the whole page is worth
    it. Where the digits never all fit, the best attempt is given and `unclear` says what the attempts read differently.
    """
    found: list[MrzReading] = []
    seen: list[ZoneLine] = []
    for attempt in _attempts(grey, words, seen, settings):
        lines = list(zone_lines(grey, attempt.rows, attempt.width, folder, attempt.model))
        best = best_zone(lines, page)
        if best is not None and best.valid:
            return best
        found += zones_in(lines, page)
        seen += lines
    if not found:
        return None
    likeliest = max(found, key=lambda zone: sum(zone.checks.values()))
    return agreed(likeliest, [zone for zone in found if zone is not likeliest])


def _attempts(
    grey: Image.Image, words: tuple[Word, ...], seen: list[ZoneLine], settings: OcrSettings
) -> Iterator[_Attempt]:
    """The likeliest first. The whole page, which costs seconds, only where something on it speaks for a zone."""
    own, whole = _model(settings), (0, grey.height)
    hint = _hint(grey, words)
    if hint is not None:
        yield _Attempt(hint, _WIDTH, own)
    for share in _BANDS:
        yield _Attempt((int(grey.height * (1 - share)), grey.height), _WIDTH, own)
    likely = hint is not None or any(has_zone_shape(line.text) for line in seen)
    likely = likely or classify(joined(words), None)[0] in IDENTITY_WITH_ZONE
    if likely or len(words) < _FEW_WORDS:
        yield _Attempt(whole, _WIDTH, own)
    if likely:
        yield _Attempt(whole, _WIDER, own)
        if own != _GENERAL:  # reads zones that are set in another type than OCR-B
            yield _Attempt(hint or (int(grey.height * (1 - _BANDS[0])), grey.height), _WIDTH, _GENERAL)


def _hint(grey: Image.Image, words: tuple[Word, ...]) -> tuple[int, int] | None:
    """The rows around lines that look like a zone even to the general model, two lines more on either side."""
    boxes = [line.box for line in lines_of(words) if looks_like_zone(line.text)]
    if not boxes:
        return None
    margin = 3 * max(box[3] - box[1] for box in boxes)
    return max(0, min(box[1] for box in boxes) - margin), min(grey.height, max(box[3] for box in boxes) + margin)


def _model(settings: OcrSettings) -> tuple[str, str]:
    if settings.mrz_model is None:
        return _GENERAL
    return settings.mrz_model.stem, f"--tessdata-dir {settings.mrz_model.parent} --psm 6 --oem 1"
