"""Sentences that are English text and can still be said in another language."""

from django.template import Context, Template
from django.utils import translation

from core.language import in_words
from core.words import said


def test_sentence_is_plain_text_for_whoever_stores_it() -> None:
    assert said("{number} part(s) of the input are not valid.", number=2) == "2 part(s) of the input are not valid."


def test_names_in_a_sentence_are_never_translated() -> None:
    with translation.override("de"):
        assert "Open" in in_words(said("{name} is on it", name="Open"))


def test_what_is_no_text_is_left_alone() -> None:
    assert [in_words(value) for value in (None, 3, "")] == [None, 3, ""]


def test_page_escapes_what_is_said() -> None:
    shown = Template("{{ text|said }}").render(Context({"text": said("{name} is on it", name="<b>")}))
    assert shown == "&lt;b&gt; is on it"
