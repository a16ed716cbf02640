"""What a person reviews of a document: its values with those that want a look, its checks with where to look."""

from dataclasses import dataclass
from decimal import Decimal

from documents.enums import CheckOutcome, FieldSource
from documents.models import Check, Document, Field

SURE_FROM = Decimal("0.90")


@dataclass(frozen=True)
class ReviewedField:
    """A value; `is_low`: read with little confidence and not yet looked at by a person."""

    field: Field
    is_low: bool


@dataclass(frozen=True)
class Mark:
    """A box on a page; `key` says whose: a value's name, or a check's code with `check-` before it."""

    key: str
    is_value: bool
    label: str
    page: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Review:
    """Everything of one document that is reviewed; checks that failed come first."""

    fields: tuple[ReviewedField, ...]
    checks: tuple[Check, ...]
    marks: tuple[Mark, ...]
    low: int


def review_of(document: Document) -> Review:
    """The document's values, checks and boxes; no query beyond what `document_for` fetched."""
    fields = tuple(ReviewedField(field, _is_low(field)) for field in document.fields.all())
    checks = tuple(sorted(document.checks.all(), key=lambda check: check.outcome != CheckOutcome.FAILED))
    marks = [_mark(field.name, field.label, field.page, field.box) for field in document.fields.all() if field.box]
    marks += [
        _mark(f"check-{check.code}", check.sentence, item["page"], item["box"], is_value=False)
        for check in checks
        for item in check.evidence
        if item.get("box")
    ]
    return Review(fields, checks, tuple(marks), sum(field.is_low for field in fields))


def _is_low(field: Field) -> bool:
    return field.confidence < SURE_FROM and field.source != FieldSource.PERSON


def _mark(key: str, label: str, page: int, box: list[int], *, is_value: bool = True) -> Mark:
    left, top, right, bottom = box
    return Mark(key, is_value, label, page, left, top, right - left, bottom - top)
