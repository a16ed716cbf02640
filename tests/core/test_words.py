"""Sentences that are English text and can still be said in another language."""

from django.template import Context, Template
from django.utils import translation

from core.language import code_in_words, in_words
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


def test_numbers_and_dates_of_a_stored_sentence_are_written_as_the_reader_does() -> None:
    stored = str(
        said("{countries} is on no FATF list (published {published_on}).", countries="AT", published_on="2025-10-24")
    )
    shares = str(said("Declared owners: {number}, with {known} % of the shares in all.", number=2, known="1,250.50"))
    with translation.override("de"):
        assert "24.10.2025" in in_words(stored)
        assert "1.250,50 %" in in_words(shares)
    assert in_words(stored) == stored


def test_format_of_a_value_is_kept_in_another_language() -> None:
    sentence = said("{told} (threshold: {test} {limit})", told="Amount", test=said("at least"), limit="8,000")
    with translation.override("de"):
        assert in_words(sentence) == "Amount (Schwelle: mindestens 8.000)"


def test_sentence_within_a_stored_sentence_is_said_too() -> None:
    stored = "It is number 2 of payments that pass money on (raises the score)."
    with translation.override("de"):
        assert in_words(stored).endswith("(hebt den Wert).")
        assert "payments" not in in_words(stored)


def test_countries_have_their_names_in_other_languages() -> None:
    with translation.override("de"):
        assert in_words("Germany") == "Deutschland"


def test_label_in_a_sentence_is_small_in_english_alone() -> None:
    page = Template("{{ text|said|amid }}")
    assert page.render(Context({"text": "Private banking"})) == "private banking"
    with translation.override("de"):
        assert page.render(Context({"text": "Medium"})) == "Mittel"


def test_code_is_written_as_the_reader_writes_it_and_what_is_none_keeps_its_letters() -> None:
    codes = ("false_positive", "date_of_birth", "IBAN", "")
    assert [code_in_words(code) for code in codes] == ["false positive", "date of birth", "IBAN", ""]
    with translation.override("de"):
        assert [code_in_words(code) for code in codes] == ["Fehltreffer", "Geburtsdatum", "IBAN", ""]


def test_what_a_model_says_is_said_whole() -> None:
    """A feature of a side over a span, one without a value, and what would have to be otherwise."""
    told = {
        "The sender received from 12 counterparties within 7 days (raises the score).":
            "Beim Absender: von 12 Gegenparteien erhalten (7 Tage) (hebt den Wert).",
        "Amount sent within a day (receiver): not known (lowers the score).":
            "Gesendeter Betrag (ein Tag) (Empfänger): nicht bekannt (senkt den Wert).",
        "days since the last credit (sender) of at least 3.5": "Tage seit dem letzten Eingang (Absender): mindestens 3,5",
    }  # fmt: skip
    with translation.override("de"):
        assert {stored: in_words(stored) for stored in told} == told


def test_a_word_of_the_products_in_a_sentence_is_translated_whether_fresh_or_stored() -> None:
    fresh = said("The {factor_word} stated is {value_word}.", factor_word="product", value_word="payments")
    with translation.override("de"):
        assert in_words(fresh) == in_words(str(fresh)) == "Produkt: Zahlungsverkehr."
