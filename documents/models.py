"""Documents as they arrived, what was read in them and what was checked."""

from django.db import models

from core.models import BaseModel, VersionedModel
from customers.models import Customer
from documents.enums import CheckOutcome, DocumentState, DocumentType, FieldSource
from documents.extraction.limits import REFUSALS


class Document(VersionedModel):
    """A file of a customer. Its bytes lie in the content store under their SHA-256; the same bytes are one document."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="documents")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=60, blank=True)
    declared_type = models.CharField(max_length=40, blank=True)
    document_type = models.CharField(max_length=40, default="unknown")
    type_confidence = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    type_reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.STORED)
    refusal = models.CharField(max_length=30, blank=True)
    mrz = models.JSONField(null=True)
    warnings = models.JSONField(default=list)
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
    def refusal_sentence(self) -> str:
        """Why the document cannot be read, and what to do; empty where it can."""
        return REFUSALS.get(self.refusal, "")


class Page(BaseModel):
    """A page as a re-rendered image, with its text and words (`[text, confidence, left, top, right, bottom]`).

    `source` is `text` (the PDF's own layer), `ocr`, or `none` where the page was not read.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    image_sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=10)
    words = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="page_number_once")]

    def __str__(self) -> str:
        return f"page {self.number}"


class Field(BaseModel):
    """A value read in a document. A person's correction keeps what was read in `original_value`."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="fields")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=500)
    confidence = models.DecimalField(max_digits=3, decimal_places=2)
    source = models.CharField(max_length=10, choices=FieldSource.choices)
    page = models.PositiveSmallIntegerField()
    box = models.JSONField(null=True)
    original_value = models.CharField(max_length=500, blank=True)
    corrected_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="field_once_per_document")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The value's name in words."""
        return self.name.replace("_", " ").capitalize()


class Check(BaseModel):
    """One check of a document with its outcome in a sentence."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=40)
    outcome = models.CharField(max_length=15, choices=CheckOutcome.choices)
    sentence = models.CharField(max_length=400)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.code} {self.outcome}"
