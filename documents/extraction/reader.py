"""Reading one document from its bytes: pages, words, zone, type, values. Called inside the child process."""

from datetime import date
from pathlib import Path

from documents.extraction.classify import classify
from documents.extraction.fields import joined, text_fields
from documents.extraction.limits import MAX_BYTES, Refused
from documents.extraction.mrz import zone_fields
from documents.extraction.ocr import page_words, page_zone
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.pages import RawPage, open_pages
from documents.extraction.shapes import MrzReading, PageReading, Reading
from documents.extraction.sniff import media_type_of

_OCR_PAGES = 5
_JPEG_QUALITY = 85


def read_document(content: bytes, *, images: Path, today: date, settings: OcrSettings) -> Reading:
    """Everything read from `content`; page images are written to `images` as `<number>.jpg`.

    Never raises for a bad document: `refusal` says why it could not be read.
    """
    media_type = ""
    try:
        if not content:
            raise Refused("empty")
        if len(content) > MAX_BYTES:
            raise Refused("too_large")
        media_type = media_type_of(content)
        if not media_type:
            raise Refused("unsupported_type")
        return _read(content, media_type, images, today, settings)
    except Refused as refused:
        return Reading(media_type=media_type, refusal=refused.code)


def _read(content: bytes, media_type: str, images: Path, today: date, settings: OcrSettings) -> Reading:
    pages: list[PageReading] = []
    zone: MrzReading | None = None
    warnings: list[str] = []
    for number, raw in enumerate(open_pages(content, media_type), start=1):
        page, found = _read_page(raw, number, images, settings)
        pages.append(page)
        zone = zone if zone is not None else found
        if page.source == "none":
            warnings.append(f"page {number} was not read: only the first {_OCR_PAGES} scanned pages are")
    if not pages:
        raise Refused("no_page")
    kind, confidence, reasons = classify("\n".join(page.text for page in pages), zone)
    fields = zone_fields(zone, today) if zone is not None else text_fields(kind, tuple(pages))
    return Reading(media_type, kind, confidence, reasons, tuple(pages), tuple(fields), zone, tuple(warnings))


def _read_page(raw: RawPage, number: int, images: Path, settings: OcrSettings) -> tuple[PageReading, MrzReading | None]:
    path = images / f"{number}.jpg"
    raw.image.save(path, "JPEG", quality=_JPEG_QUALITY)
    size = (raw.image.width, raw.image.height)
    if raw.words:
        return PageReading(number, *size, joined(raw.words), "text", path.name, raw.words), None
    if number > _OCR_PAGES:
        return PageReading(number, *size, "", "none", path.name), None
    zone = page_zone(raw.image, number, settings)
    words = page_words(raw.image, settings)
    return PageReading(number, *size, joined(words), "ocr", path.name, words), zone
