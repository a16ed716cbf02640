"""What `manage.py check` says about reading documents on this machine."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info
from django.core.checks import Warning as CheckWarning

from documents.extraction.confine import can_filter
from documents.extraction.ocr_settings import BOX_MODEL, LINE_MODEL


def reading_is_possible(**kwargs: Any) -> list[CheckMessage]:
    """Tesseract, its model for machine-readable zones, and the filter of system calls."""
    found: list[CheckMessage] = []
    if shutil.which("tesseract") is None:
        hint = "Install it: apt-get install tesseract-ocr. Until then the step verify_document is tried again."
        found.append(
            CheckWarning("Tesseract is not installed, so no scan can be read.", hint=hint, id="documents.W001")
        )
    zone = Path(settings.MRZ_MODEL)
    if not all(path.is_file() for path in (zone, zone.with_name(LINE_MODEL), zone.with_name(BOX_MODEL))):
        hint = "Fetch them: manage.py fetch_models. Until then Tesseract reads alone, and most zones need a person."
        found.append(Info("Models for reading zones and lines are missing.", hint=hint, id="documents.I001"))
    if not can_filter():
        hint = "Install libseccomp2 and pyseccomp. Until then files are decoded under resource limits alone."
        found.append(Info("System calls of the document decoder are not filtered.", hint=hint, id="documents.I002"))
    return found
