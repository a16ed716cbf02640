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
    PAYSLIP = "payslip", "Payslip"
    INCORPORATION_DOCUMENT = "incorporation_document", "Incorporation document"
    OWNERSHIP_REGISTER = "ownership_register", "Register of owners"
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


class VirusScan(TextChoices):
    NOT_SCANNED = "not_scanned", "No virus scanner is set up"
    CLEAN = "clean", "The virus scanner found nothing"
    INFECTED = "infected", "The virus scanner found harmful content"


class ModelUse(TextChoices):
    """What a language model had to do with a document."""

    NOT_ASKED = "not_asked", "No language model was asked"
    NOT_SET_UP = "not_set_up", "No language model is set up: the values were read by rules alone"
    ANSWERED = "answered", "A language model was asked besides; its values are marked"
    UNAVAILABLE = "unavailable", "The language model did not answer: the values were read by rules alone"


class FolderOutcome(TextChoices):
    TAKEN = "taken", "Taken in"
    REFUSED = "refused", "Refused"
