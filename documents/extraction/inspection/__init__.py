"""What a file carries besides its pages: things that act, marks of editors, words nobody sees, a page's fingerprint."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from documents.extraction.decoder import DecodedPage
from documents.extraction.inspection.pdf import pdf_findings
from documents.extraction.inspection.pictures import fingerprint, hidden_words, picture_findings
from documents.extraction.limits import INSPECTION_BYTES, INSPECTION_SECONDS, Refused
from documents.extraction.locked import run_locked
from documents.extraction.shapes import Inspection, inspection_from_json


def inspect(content: bytes, media_type: str, pages: tuple[DecodedPage, ...], images: Path) -> Inspection:
    """Looks the file over in a locked process of its own. Never raises for a bad file: `complete` is False then."""

    def work() -> dict[str, Any]:
        is_pdf = media_type == "application/pdf"
        found = pdf_findings(content) if is_pdf else picture_findings(content)
        hidden = tuple(word for page in pages for word in hidden_words(page, images))
        prints = tuple(fingerprint(images / f"{page.number}.jpg") for page in pages)
        return asdict(Inspection(**found, hidden=hidden, fingerprints=prints))

    try:
        answer = run_locked(work, memory=INSPECTION_BYTES, seconds=INSPECTION_SECONDS)
    except (Refused, json.JSONDecodeError):
        return Inspection(complete=False)
    return inspection_from_json(answer)
