"""Whether a model is worth asking: a passport whose every digit fits needs none."""

from documents.extraction.llm.wanted import wanted_of
from documents.extraction.shapes import Reading

_SURE = 0.8
_SELDOM_PRINTED = frozenset({"issue_date", "nationality"})


def has_gaps(reading: Reading) -> bool:
    """True where a value that the type carries was not read surely by rules, and there is text to find it in."""
    if reading.refusal or not any(page.text for page in reading.pages):
        return False
    sure = {item.name for item in reading.fields if item.confidence >= _SURE}
    return bool(set(wanted_of(reading.document_type)) - sure - _SELDOM_PRINTED)
