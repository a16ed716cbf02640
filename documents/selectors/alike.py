"""Documents of other customers that look the same: by their bytes, by their picture and words, by their number."""

from functools import reduce
from operator import or_

from django.db.models import Q
from rapidfuzz import fuzz

from documents.extraction.checks import OtherDocument
from documents.extraction.classify import IDENTITY
from documents.models import Document, Field, Page

BANDS = 4
_MOST_BITS = 6  # of 64; two scans of one page differ by fewer, two pages of one layout often too: words decide
_SAME_WORDS = 92
_MOST = 20


def bands_of(fingerprint: str) -> list[int]:
    """The four quarters of a fingerprint, 16 bits each."""
    return [int(fingerprint[4 * number : 4 * number + 4], 16) for number in range(BANDS)] if fingerprint else []


def documents_alike(document: Document) -> tuple[OtherDocument, ...]:
    """Documents of other customers that look the same, at most twenty a kind of sameness."""
    found = _same_file(document) | _same_number(document) | _same_picture(document)
    return tuple(OtherDocument(id=key, sameness=sameness) for key, sameness in found.items())


def _same_file(document: Document) -> dict[str, str]:
    rows = Document.objects.filter(sha256=document.sha256).exclude(customer_id=document.customer_id)
    return {str(pk): "file" for pk in rows.values_list("pk", flat=True)[:_MOST]}


def _same_number(document: Document) -> dict[str, str]:
    """The same number on an identity document of the same kind and state. Numbers of bills are short and collide."""
    values = dict(document.fields.values_list("name", "value"))
    number = values.get("document_number", "")
    if not number or document.document_type not in IDENTITY:
        return {}
    rows = Field.objects.filter(number_key=number, document__document_type=document.document_type)
    found = rows.exclude(document__customer_id=document.customer_id).values_list("document_id", flat=True)[:_MOST]
    state = values.get("issuing_state", "")
    others = Field.objects.filter(document_id__in=list(found), name="issuing_state").values_list("document_id", "value")
    states = dict(others)
    return {str(pk): "number" for pk in found if states.get(pk, state) == state}


def _same_picture(document: Document) -> dict[str, str]:
    found: dict[str, str] = {}
    for page in document.pages.all():
        bands = bands_of(page.fingerprint)
        if not bands or len(found) >= _MOST:
            continue
        shared = reduce(or_, (Q(bands__number=number, bands__bits=bits) for number, bits in enumerate(bands)))
        rows = Page.objects.filter(shared).exclude(document__customer_id=document.customer_id).distinct()
        for other in rows.only("document_id", "fingerprint", "text").order_by("-created_at")[:200]:
            if _is_alike(page, other):
                found[str(other.document_id)] = "picture"
    return found


def _is_alike(page: Page, other: Page) -> bool:
    differing = (int(page.fingerprint, 16) ^ int(other.fingerprint, 16)).bit_count()
    return differing <= _MOST_BITS and fuzz.token_sort_ratio(page.text[:5000], other.text[:5000]) >= _SAME_WORDS
