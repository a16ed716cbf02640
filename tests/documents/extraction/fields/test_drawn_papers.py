"""Values of papers drawn by code: read from a PDF's text layer, in layouts and languages of every kind."""

import pytest

from bench.documents import same_value
from documents.extraction.fields import text_fields
from documents.extraction.lines import joined
from documents.extraction.pages import open_pages
from documents.extraction.shapes import FieldReading, PageReading
from documents.synthesis import make_specimen
from documents.synthesis.contents import COMPOSERS
from documents.synthesis.vocabulary import LANGUAGES

_ALSO = {"issuer": "supplier", "amount": "total"}


def values_of(kind: str, content: bytes) -> dict[str, FieldReading]:
    raw = next(iter(open_pages(content, "application/pdf")))
    page = PageReading(1, raw.image.width, raw.image.height, joined(raw.words), "text", "1.jpg", raw.words)
    return {item.name: item for item in text_fields(kind, (page,))}


@pytest.mark.parametrize("kind", [kind for kind in COMPOSERS if kind != "other"])
def test_values_of_drawn_papers_are_read(kind: str) -> None:
    right, true, surely_wrong = 0, 0, 0
    for language in LANGUAGES:
        specimen = make_specimen(kind, 40, wear="pdf", language=language)
        found = values_of(kind, specimen.content)
        for name, value in specimen.truth["fields"].items():
            read = (
                found.get(name) or found.get(_ALSO.get(name, name)) or found.get({"date": "issue_date"}.get(name, name))
            )
            fits = read is not None and same_value(read.value, value)
            right, true = right + fits, true + 1
            surely_wrong += read is not None and not fits and read.confidence > 0.85
    assert right >= 0.9 * true
    assert surely_wrong == 0


def test_values_have_the_boxes_of_their_words() -> None:
    specimen = make_specimen("bank_statement", 2, wear="pdf", language="de", layout="left")
    for reading in values_of("bank_statement", specimen.content).values():
        assert reading.box is not None
        assert 0 <= reading.box[0] < reading.box[2] <= 1500
        assert reading.page == 1
