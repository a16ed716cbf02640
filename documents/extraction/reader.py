"""Reading one document from its bytes: pages, words, zone, type, values. Called inside the child process."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image

from core.words import said
from documents.extraction.classify import IDENTITY_WITH_ZONE, classify
from documents.extraction.decoder import Decoded, DecodedPage, decode
from documents.extraction.fields import text_fields
from documents.extraction.inspection import inspect
from documents.extraction.limits import MAX_OCR_PAGES, Refused
from documents.extraction.lines import joined, lines_of
from documents.extraction.mrz import ZoneLine, best_zone, witnessed, zone_fields
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.scan import read_scan, zone_of_upright
from documents.extraction.shapes import FieldReading, MrzReading, PageReading, Reading
from documents.extraction.stages import Stages

_JPEG_QUALITY = 85


def read_document(content: bytes, *, images: Path, today: date, settings: OcrSettings) -> Reading:
    """Everything read from `content`; page images are written to `images` as `<number>.jpg`.

    Never raises for a bad document: `refusal` says why it could not be read. Raises OcrUnavailable.
    """
    stages = Stages()
    try:
        with stages.measure("decode"):
            decoded = decode(content, images)
    except Refused as refused:
        return Reading(media_type=refused.media_type, refusal=refused.code, stages=stages.rounded())
    with stages.measure("inspect"):
        inspection = inspect(content, decoded.media_type, decoded.pages, images)
    reading = _read(decoded, images, today, settings, stages)
    return replace(reading, stages=stages.rounded(), inspection=inspection)


def _read(decoded: Decoded, images: Path, today: date, settings: OcrSettings, stages: Stages) -> Reading:
    read = [_read_page(page, images, settings, stages) for page in decoded.pages]
    pages = tuple(page for page, _ in read)
    zone = next((found for _, found in read if found is not None), None)
    text = "\n".join(page.text for page in pages)
    kind, confidence, reasons = classify(text, zone)
    if zone is None and kind in IDENTITY_WITH_ZONE:
        with stages.measure("zone"):
            zone = _zone_below_a_text_layer(pages, images, settings)
    with stages.measure("understand"):
        if zone is not None:
            zone = witnessed(zone, _text_of(pages, zone))
            kind, confidence, reasons = classify(text, zone)
        fields = _fields(kind, pages, zone, today)
    return Reading(decoded.media_type, kind, confidence, reasons, pages, tuple(fields), zone, tuple(_warnings(pages)))


def _read_page(
    page: DecodedPage, images: Path, settings: OcrSettings, stages: Stages
) -> tuple[PageReading, MrzReading | None]:
    size, image = (page.width, page.height), f"{page.number}.jpg"
    if page.words:
        zone = best_zone([ZoneLine(line.text, line.box) for line in lines_of(page.words)], page.number)
        return PageReading(page.number, *size, joined(page.words), "text", image, page.words), zone
    if not page.scan:
        return PageReading(page.number, *size, "", "none", image), None
    scan = read_scan(images / page.scan, page.number, images, settings, stages)
    if scan.turned:
        scan.picture.save(images / image, "JPEG", quality=_JPEG_QUALITY)
    size = scan.picture.size
    return PageReading(page.number, *size, joined(scan.words), "ocr", image, scan.words), scan.zone


def _zone_below_a_text_layer(pages: tuple[PageReading, ...], images: Path, settings: OcrSettings) -> MrzReading | None:
    """The zone of a scan to which a scanner added a text layer: such layers garble zones."""
    for page in [page for page in pages if page.source == "text"][:MAX_OCR_PAGES]:
        with Image.open(images / page.image) as picture:
            zone = zone_of_upright(picture, page.words, page.number, images, settings)
        if zone is not None:
            return zone
    return None


def _fields(kind: str, pages: tuple[PageReading, ...], zone: MrzReading | None, today: date) -> list[FieldReading]:
    """The zone's values where there is one: nothing printed elsewhere on the page has check digits."""
    return text_fields(kind, pages) if zone is None else zone_fields(zone, today, _text_of(pages, zone))


def _text_of(pages: tuple[PageReading, ...], zone: MrzReading) -> str:
    """What the general model read on the zone's page."""
    return next(page.text for page in pages if page.number == zone.page)


def _warnings(pages: tuple[PageReading, ...]) -> list[str]:
    return [
        said(
            "page {number} was not read: only the first {max_ocr_pages} scanned pages are",
            number=page.number,
            max_ocr_pages=MAX_OCR_PAGES,
        )
        for page in pages
        if page.source == "none"
    ]
