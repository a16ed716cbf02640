"""What `manage.py check` says about reading documents on this machine."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info
from django.core.checks import Warning as CheckWarning

from documents.extraction.confine import can_filter


def reading_is_possible(**kwargs: Any) -> list[CheckMessage]:
    """Tesseract, its model for machine-readable zones, and the filter of system calls."""
    found: list[CheckMessage] = []
    if shutil.which("tesseract") is None:
        hint = "Install it: apt-get install tesseract-ocr. Until then the step verify_document is tried again."
        found.append(
            CheckWarning("Tesseract is not installed, so no scan can be read.", hint=hint, id="documents.W001")
        )
    if not Path(settings.MRZ_MODEL).is_file():
        hint = "Fetch it: manage.py fetch_models. Until then most machine-readable zones need a person."
        found.append(Info("The OCR-B model for machine-readable zones is missing.", hint=hint, id="documents.I001"))
    if not can_filter():
        hint = "Install libseccomp2 and pyseccomp. Until then files are decoded under resource limits alone."
        found.append(Info("System calls of the document decoder are not filtered.", hint=hint, id="documents.I002"))
    return found
