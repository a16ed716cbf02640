"""What kind of document it is, and why."""

import pytest

from documents.extraction.classify import classify
from documents.extraction.mrz import read_zone
from tests.factories.documents import passport_lines


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rechnungsnummer 7, Mwst 19 %", "invoice"), ("FACTURE N° 12 TVA Total TTC", "invoice"),
        ("Kontostand am 7.3., Valuta", "bank_statement"), ("Relevé de compte, ancien solde", "bank_statement"),
        ("Electricity, 312 kWh, billing period", "utility_bill"), ("DRIVER LICENSE  endorsements", "driving_licence"),
        ("Führerschein", "driving_licence"), ("PASSEPORT", "passport"), ("Carte nationale d'identité", "national_id"),
        ("Aufenthaltstitel", "residence_permit"), ("Health Plan, Member ID 7, Insurance", "other"),
        ("nothing that says what this is", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_classify_by_words_knows_the_type(text: str, kind: str) -> None:
    assert classify(text, None)[0] == kind


def test_classify_by_words_gives_its_reasons() -> None:
    _, confidence, reasons = classify("INVOICE, subtotal, VAT", None)
    assert "contains “invoice”" in reasons
    assert 0.5 < confidence < 1


@pytest.mark.parametrize(("first", "kind"), [("P<", "passport"), ("V<", "visa"), ("I<", "travel_document")])
def test_classify_by_zone_goes_by_its_first_letter(first: str, kind: str) -> None:
    lines = (
        passport_lines()
        if first != "I<"
        else ["I<UTOERIKSSON<<ANNA".ljust(36, "<"), "D231458907UTO7408122F1204159<<<<<<<6"]
    )
    zone = read_zone([first + lines[0][2:], lines[1]])
    assert classify("", zone)[0] == kind


def test_classify_of_a_card_with_a_zone_reads_what_it_calls_itself() -> None:
    zone = read_zone(["I<UTOERIKSSON<<ANNA".ljust(36, "<"), "D231458907UTO7408122F1204159<<<<<<<6"])
    assert classify("RESIDENCE PERMIT", zone)[0] == "residence_permit"
    assert classify("CARTE NATIONALE D'IDENTITE", zone)[0] == "national_id"
