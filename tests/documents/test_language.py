"""A language model beside the rules: what it adds, what it may not, and that no text in a document changes a decision."""

import json
from typing import Any

import pytest
from pytest_django import Settings

from ai.models import AiCall
from bench.injections.texts import INJECTIONS
from documents import services
from documents.enums import DocumentState, ModelUse
from documents.extraction.shapes import PageReading, Reading, Word
from documents.models import Document
from documents.selectors import codes_of
from documents.services.language import with_model
from documents.store import put
from tests.factories.customers import make_customer
from tests.factories.documents import TESTER, make_document, page_image
from tests.fakes.language_model import FakeLanguageModel, Raw, fake_language_model

pytestmark = pytest.mark.django_db
_LICENCE = ("surname", "given_names", "document_number", "date_of_birth", "date_of_expiry", "issue_date", "address")
_WISHES = {
    "surname": "CITIZEN", "given_names": "JANE", "document_number": "K2470391C", "date_of_birth": "1984-06-07",
    "date_of_expiry": "2039-12-31", "issue_date": "2020-01-01", "address": "Harbour Street 7",
}  # fmt: skip


def use(settings: Settings, fake: FakeLanguageModel) -> None:
    settings.LLM_MODEL, settings.LLM_BASE_URL, settings.LLM_RETRIES = "fake", fake.url, 0


def licence(text: str) -> Reading:
    words = tuple(Word(word, 0.9, (10 * at, 0, 10 * at + 9, 9)) for at, word in enumerate(text.split()))
    page = PageReading(1, 600, 400, text, "ocr", "1.jpg", words)
    return Reading("image/jpeg", "driving_licence", 0.9, (), (page,))


def read_with_model(reading: Reading, customer: Any = None) -> Document:
    """The document as the step leaves it, with what the model added."""
    document = make_document(customer or make_customer())
    result, model_use = with_model(reading=reading, subject_id=document.customer_id)
    worked = services.Worked(
        document.pk, result.reading, {"1.jpg": put(page_image())}, model_use=model_use, suggestions=result.suggestions
    )
    services.store_reading(document=document, worked=worked, by=TESTER)
    document.refresh_from_db()
    return document


def answer(**values: str) -> str:
    return json.dumps(dict.fromkeys(_LICENCE, "") | values)


def test_value_of_the_model_is_marked_and_has_a_box(settings: Settings) -> None:
    with fake_language_model(answer(surname="SMITH")) as fake:
        use(settings, fake)
        document = read_with_model(licence("DRIVING LICENCE SMITH JOHN"))
    field = document.fields.get(name="surname")
    assert (field.value, field.source, field.box) == ("SMITH", "llm", [20, 0, 29, 9])
    assert document.model_use == ModelUse.ANSWERED


def test_value_that_stands_nowhere_is_shown_as_unsupported_and_not_used(settings: Settings) -> None:
    with fake_language_model(answer(surname="MILLER")) as fake:
        use(settings, fake)
        document = read_with_model(licence("DRIVING LICENCE SMITH JOHN"))
    assert not document.fields.exists()
    assert document.suggestions == [{"name": "surname", "value": "MILLER", "reason": "does not stand on the document"}]


def test_values_of_the_model_alone_do_not_verify_a_document(settings: Settings) -> None:
    with fake_language_model(answer(surname="CITIZEN", given_names="JANE")) as fake:
        use(settings, fake)
        document = read_with_model(licence("DRIVING LICENCE CITIZEN JANE"))
    assert document.state == DocumentState.DOUBTFUL
    assert codes_of(document) == ["stands_without_model"]


def test_value_of_the_model_that_a_person_confirmed_counts(settings: Settings) -> None:
    with fake_language_model(answer(surname="CITIZEN", given_names="JANE")) as fake:
        use(settings, fake)
        document = read_with_model(licence("DRIVING LICENCE CITIZEN JANE"))
    for field in document.fields.all():
        services.correct_field(field=field, value=field.value, reason="compared with the picture", by=TESTER)
    document.refresh_from_db()
    assert document.state == DocumentState.VERIFIED


@pytest.mark.parametrize("text", INJECTIONS, ids=range(len(INJECTIONS)))
def test_injection_that_the_model_obeys_changes_no_decision(settings: Settings, text: str) -> None:
    """The model does all that an attacker who knows the form could wish for, and every value stands on the page."""
    page = f"DRIVING LICENCE {text} {' '.join(_WISHES.values())}"
    with fake_language_model(json.dumps(_WISHES)) as fake:
        use(settings, fake)
        document = read_with_model(licence(page))
    assert document.state == DocumentState.DOUBTFUL
    sent = fake.requests[0]["messages"]
    assert text[:20] not in sent[0]["content"]
    assert sent[1]["content"].count("DOCUMENT>>>") == 1


@pytest.mark.parametrize("trouble", [500, 429, "no JSON", '{"approved": "yes"}', Raw(200, "<html>"), Raw(200, "{}")])
def test_trouble_with_the_model_leaves_the_reading_by_rules(settings: Settings, trouble: Any) -> None:
    with fake_language_model(trouble) as fake:
        use(settings, fake)
        document = read_with_model(licence("DRIVING LICENCE"))
    assert document.model_use == ModelUse.UNAVAILABLE
    assert document.state == DocumentState.DOUBTFUL


def test_without_a_model_the_document_says_so() -> None:
    assert read_with_model(licence("DRIVING LICENCE")).model_use == ModelUse.NOT_SET_UP


def test_answer_is_kept_under_the_customers_key_alone(settings: Settings) -> None:
    with fake_language_model(answer(surname="SMITH")) as fake:
        use(settings, fake)
        document = read_with_model(licence("DRIVING LICENCE SMITH"))
    call = AiCall.objects.get()
    assert (call.subject_id, call.answer) == (document.customer_id, None)
    assert "SMITH" not in call.sealed


def test_page_image_goes_along_only_where_it_is_wanted(settings: Settings) -> None:
    with fake_language_model(answer()) as fake:
        use(settings, fake)
        with_model(reading=licence("DRIVING LICENCE one"), image=b"jpeg")
        settings.LLM_IMAGES = True
        with_model(reading=licence("DRIVING LICENCE two"), image=b"jpeg")
    assert isinstance(fake.requests[0]["messages"][1]["content"], str)
    assert fake.requests[1]["messages"][1]["content"][1]["image_url"]["url"] == "data:image/jpeg;base64,anBlZw=="
