"""Documents as they arrived, what was read in them and what was checked."""

from django.db import models

from core.columns.fields import BlindField, SealedCharField, SealedJSONField, SealedTextField
from core.models import BaseModel, VersionedModel
from customers.models import Customer
from documents.enums import CheckOutcome, DocumentState, DocumentType, FieldSource, FolderOutcome, ModelUse, VirusScan
from documents.extraction.active import ACTIVE
from documents.extraction.fields_known import OPEN_FIELDS
from documents.extraction.limits import REFUSALS

DOCUMENT_NUMBER = "document_number"


class Document(VersionedModel):
    """A file of a customer. Its bytes lie in the content store under their SHA-256; the same bytes are one document.

    `inspection` is what the file carries besides pages (`extraction.shapes.Inspection`); `suggestions` are values of a
    language model that are not used, `[{name, value, reason}]`.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="documents")
    filename = SealedCharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=60, blank=True)
    declared_type = models.CharField(max_length=40, blank=True)
    document_type = models.CharField(max_length=40, default="unknown")
    type_confidence = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    type_reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.STORED)
    refusal = models.CharField(max_length=30, blank=True)
    mrz = SealedJSONField(null=True)
    warnings = models.JSONField(default=list)
    virus_scan = models.CharField(max_length=12, choices=VirusScan.choices, default=VirusScan.NOT_SCANNED)
    inspection = SealedJSONField(default=dict)
    model_use = models.CharField(max_length=14, choices=ModelUse.choices, default=ModelUse.NOT_ASKED)
    suggestions = SealedJSONField(default=list)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["customer", "sha256"], name="document_once_per_customer")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def type_label(self) -> str:
        """The document's type in words."""
        return str(DocumentType(self.document_type).label)

    @property
    def active_content(self) -> list[str]:
        """What the file can do besides showing pages, in words."""
        return [ACTIVE.get(code, code) for code in self.inspection.get("active", ())]

    @property
    def unused_suggestions(self) -> list[dict[str, str]]:
        """Values of a language model that are not used: `label`, `value`, `reason`."""
        return [item | {"label": item["name"].replace("_", " ").capitalize()} for item in self.suggestions]

    @property
    def refusal_sentence(self) -> str:
        """Why the document cannot be read, and what to do; empty where it can."""
        return REFUSALS.get(self.refusal, "")


class Page(BaseModel):
    """A page as a re-rendered image, with its text and words (`[text, confidence, left, top, right, bottom]`).

    `source` is `text` (the PDF's own layer), `ocr`, or `none` where the page was not read. `fingerprint` is 64 bits of
    its coarse shape as hex.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    image_sha256 = models.CharField(max_length=64)
    text = SealedTextField(blank=True)
    source = models.CharField(max_length=10)
    words = SealedJSONField(default=list)
    fingerprint = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="page_number_once")]

    def __str__(self) -> str:
        return f"page {self.number}"


class PageBand(models.Model):
    """A quarter of a page's fingerprint. Fingerprints that differ in at most three bits share one (pigeonhole)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="bands")
    number = models.PositiveSmallIntegerField()
    bits = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["number", "bits"], name="page_band_bits")]

    def __str__(self) -> str:
        return f"{self.number}:{self.bits:04x}"


class Field(BaseModel):
    """A value read in a document. A person's correction keeps what was read in `original_value`.

    `number_key` is the value of a document number, blind, to find the same number on another document.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="fields")
    name = models.CharField(max_length=40)
    value = SealedCharField(max_length=500)
    confidence = models.DecimalField(max_digits=3, decimal_places=2)
    source = models.CharField(max_length=10, choices=FieldSource.choices)
    page = models.PositiveSmallIntegerField()
    box = models.JSONField(null=True)
    original_value = SealedCharField(max_length=500, blank=True)
    corrected_by = models.CharField(max_length=150, blank=True)
    number_key = BlindField(max_length=24, blank=True, default="")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="field_once_per_document")]
        indexes = [models.Index(fields=["number_key"], condition=~models.Q(number_key=""), name="field_number_key")]

    def __str__(self) -> str:
        return self.name

    def set_value(self, value: str) -> None:
        """Another value, and the key it is found by where it is a document number."""
        self.value = value
        self.number_key = value if self.name == DOCUMENT_NUMBER else ""

    @property
    def label(self) -> str:
        """The value's name in words."""
        return self.name.replace("_", " ").capitalize()

    @property
    def is_private(self) -> bool:
        """Whether the value identifies somebody by number, date or place and is masked for whoever need not read it."""
        return self.name not in OPEN_FIELDS


class Check(BaseModel):
    """One check of a document with its outcome in a sentence.

    `evidence` is where a reviewer sees it: `[{"page": 1, "box": [left, top, right, bottom]}]`, or another document as
    `[{"document": "<id>"}]`.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=40)
    outcome = models.CharField(max_length=15, choices=CheckOutcome.choices)
    sentence = SealedCharField(max_length=400)
    evidence = models.JSONField(default=list)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.code} {self.outcome}"

    @property
    def label(self) -> str:
        """The check's name in words."""
        return self.code.replace("_", " ").capitalize()


class RuleSet(BaseModel):
    """A published version of the rules for documents (the shape is in `extraction.rules`). The newest is in force."""

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField()
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"document rules {self.number}"


class FolderReceipt(BaseModel):
    """What became of something found in a watched folder. `digest` covers its content: the same content is taken once."""

    digest = models.CharField(max_length=64, unique=True)
    path = SealedCharField(max_length=500)
    outcome = models.CharField(max_length=12, choices=FolderOutcome.choices)
    told = SealedCharField(max_length=400)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.outcome
