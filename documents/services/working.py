"""The slow part of reading a document, outside any transaction: the virus scanner, the child process, the model."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings

from core.clock import today
from documents import store
from documents.enums import ModelUse, VirusScan
from documents.extraction.llm import Suggestion
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.sandbox import read_in_child
from documents.extraction.shapes import Reading
from documents.models import Document
from documents.safety.clamd import scan
from documents.services.language import with_model


@dataclass(frozen=True)
class Worked:
    """What came of it. `images` maps page image names to digests in the content store."""

    document_id: UUID
    reading: Reading
    images: dict[str, str] = field(default_factory=dict)
    virus_scan: str = VirusScan.NOT_SCANNED
    model_use: str = ModelUse.NOT_ASKED
    suggestions: tuple[Suggestion, ...] = ()


def ocr_settings() -> OcrSettings:
    """How this installation reads: its languages, and the OCR-B model where it has been fetched."""
    model = Path(settings.MRZ_MODEL)
    return OcrSettings(settings.OCR_LANGUAGES, model if model.is_file() else None)


def work_on(*, document: Document) -> Worked:
    """Scans and reads one document. Page images go into the content store, where a repeated attempt finds them.

    A file that the scanner finds infected is not opened. Raises ScannerUnavailable, OcrUnavailable.
    """
    content = store.get(document.sha256)
    scanned = _scanned(content)
    if scanned == VirusScan.INFECTED:
        return Worked(document.pk, Reading(refusal="infected"), virus_scan=scanned)
    with read_in_child(content, ocr_settings(), today()) as (reading, folder):
        images = {page.image: store.put((folder / page.image).read_bytes()) for page in reading.pages}
        first = (folder / reading.pages[0].image).read_bytes() if reading.pages and settings.LLM_IMAGES else b""
    result, use = with_model(reading=reading, subject_id=document.customer_id, image=first)
    return Worked(document.pk, result.reading, images, scanned, use, result.suggestions)


def _scanned(content: bytes) -> str:
    if not settings.CLAMD_ADDRESS:
        return VirusScan.NOT_SCANNED
    found = scan(content, settings.CLAMD_ADDRESS, settings.CLAMD_SECONDS)
    return VirusScan.CLEAN if found.is_clean else VirusScan.INFECTED
