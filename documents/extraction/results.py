"""One document's result as one line of JSON: the contract of `manage.py extract_documents`."""

from collections.abc import Iterable
from typing import Any

from documents.extraction.checks import FAILED, CheckResult
from documents.extraction.limits import REFUSALS
from documents.extraction.shapes import FieldReading, MrzReading, Reading

EXTRACTED, NEEDS_REVIEW, REJECTED = "extracted", "needs_review", "rejected"
SURE = 0.8
# Published truth calls some values by another name than the product; a line carries both.
_ALSO_CALLED = {"supplier": "issuer", "total": "amount", "issue_date": "date"}
_WITHOUT_FIELDS = frozenset({"unknown", "other"})


def result_line(file: str, reading: Reading, checks: Iterable[CheckResult], seconds: float) -> dict[str, Any]:
    """The line for `file` as plain values: status, type, fields, zone, checks, warnings, wall-clock seconds, error."""
    checks = list(checks)
    return {
        "file": file,
        "status": status_of(reading, checks),
        "document_type": reading.document_type,
        "type_probability": reading.type_confidence,
        "type_reasons": list(reading.type_reasons),
        "fields": _fields(reading.fields),
        "mrz": _zone(reading.mrz) if reading.mrz else None,
        "checks": [{"code": item.code, "outcome": item.outcome, "sentence": item.sentence} for item in checks],
        "warnings": list(reading.warnings),
        "pages": len(reading.pages),
        "seconds": round(seconds, 2),
        "stages": reading.stages,
        "memory_mb": reading.memory_mb,
        "error": {"code": reading.refusal, "sentence": REFUSALS[reading.refusal]} if reading.refusal else None,
    }


def status_of(reading: Reading, checks: Iterable[CheckResult]) -> str:
    """`extracted` only where the type is known, every value is sure and no check failed; a person looks otherwise."""
    if reading.refusal:
        return REJECTED
    sure = reading.type_confidence >= SURE and all(item.confidence >= SURE for item in reading.fields)
    complete = bool(reading.fields) and reading.document_type not in _WITHOUT_FIELDS
    clean = all(check.outcome != FAILED for check in checks)
    zone_holds = reading.mrz is None or reading.mrz.valid
    return EXTRACTED if sure and complete and clean and zone_holds else NEEDS_REVIEW


def _fields(fields: Iterable[FieldReading]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item in fields:
        value = {
            "value": item.value, "confidence": item.confidence, "source": item.source, "page": item.page,
            "box": list(item.box) if item.box else None,
        }  # fmt: skip
        found[item.name] = value
        if item.name in _ALSO_CALLED:
            found[_ALSO_CALLED[item.name]] = value
    return found


def _zone(zone: MrzReading) -> dict[str, Any]:
    return {
        "lines": list(zone.lines), "format": zone.format, "checks": dict(zone.checks), "valid": zone.valid,
        "repaired": zone.repaired, "unclear": list(zone.unclear), "page": zone.page,
        "box": list(zone.box) if zone.box else None,
    }  # fmt: skip
