"""Closed sets of the documents app."""

from django.db.models import TextChoices


class DocumentType(TextChoices):
    PASSPORT = "passport", "Passport"
    NATIONAL_ID = "national_id", "Identity card"
    RESIDENCE_PERMIT = "residence_permit", "Residence permit"
    TRAVEL_DOCUMENT = "travel_document", "Travel document"
    VISA = "visa", "Visa"
    DRIVING_LICENCE = "driving_licence", "Driving licence"
    UTILITY_BILL = "utility_bill", "Utility bill"
    BANK_STATEMENT = "bank_statement", "Bank statement"
    INVOICE = "invoice", "Invoice"
    INCORPORATION_DOCUMENT = "incorporation_document", "Incorporation document"
    OTHER = "other", "Another kind of document"
    UNKNOWN = "unknown", "Unknown document"


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
