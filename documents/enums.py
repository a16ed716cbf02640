"""Closed sets of the documents app."""

from django.db.models import TextChoices


class DocumentState(TextChoices):
    STORED = "stored", "Waiting to be read"
    VERIFIED = "verified", "Verified"
    DOUBTFUL = "doubtful", "Needs a person"
    REFUSED = "refused", "Cannot be read"


class FieldSource(TextChoices):
    MRZ = "mrz", "Machine-readable zone"
    TEXT = "text", "Text layer"
    OCR = "ocr", "Optical recognition"
    LLM = "llm", "Language model, found in the text"
    PERSON = "person", "Corrected by a person"


class CheckOutcome(TextChoices):
    PASSED = "passed", "Passed"
    FAILED = "failed", "Failed"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
