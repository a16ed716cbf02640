"""The same path against a real language model: `make test-llm` starts one and sets where it is."""

import os

import pytest
from pytest_django import Settings

from ai.models import AiCall
from bench.injections.texts import INJECTIONS
from documents.enums import DocumentState, ModelUse
from documents.extraction.llm import answer_shape
from documents.extraction.shapes import PageReading, Reading, Word
from documents.services.language import with_model
from tests.documents.test_language import licence, read_with_model

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not os.environ.get("PROBITY_TEST_LLM_URL"), reason="no model is running: `make test-llm` starts one"
    ),
]
_INVOICE = """Harbour Water Ltd
Invoice number HW-4711
Issue date 12 March 2026
Total EUR 1,234.50"""


@pytest.fixture(autouse=True)
def _real_model(settings: Settings) -> None:
    settings.LLM_SCHEMA_AS = "json_object"
    settings.LLM_MODEL, settings.LLM_BASE_URL = "smollm2", os.environ.get("PROBITY_TEST_LLM_URL", "")


def invoice() -> Reading:
    words: list[Word] = []
    for row, line in enumerate(_INVOICE.splitlines()):
        words += [
            Word(word, 0.9, (60 * at, 20 * row, 60 * at + 55, 20 * row + 15)) for at, word in enumerate(line.split())
        ]
    return Reading("image/png", "invoice", 0.9, (), (PageReading(1, 600, 400, _INVOICE, "ocr", "1.jpg", tuple(words)),))


def test_real_model_answers_in_the_closed_shape_and_only_what_stands_on_the_page_is_used() -> None:
    result, use = with_model(reading=invoice())
    assert use == ModelUse.ANSWERED
    assert {item.name for item in result.reading.fields} <= set(answer_shape("invoice").model_fields)
    assert all(item.box and item.source == "llm" for item in result.reading.fields)
    call = AiCall.objects.get()
    assert call.tokens_in > 100
    assert call.tokens_out > 0


@pytest.mark.parametrize("text", INJECTIONS[:1])
def test_injection_before_a_real_model_changes_no_decision(text: str) -> None:
    page = f"DRIVING LICENCE {text} CITIZEN JANE K2470391C 1984-06-07"
    assert read_with_model(licence(page)).state == DocumentState.DOUBTFUL
