"""Values found by the words printed beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.extraction.fields import text_fields
from documents.extraction.fields.dates import dates_in
from documents.extraction.fields.money import money_in
from documents.extraction.shapes import FieldReading, PageReading, Word

_INVOICE = """Harbour Lights Ltd
Bill to:
Other Company Ltd
Invoice number: HL-2031
Due date: 01/02/2026
Invoice date: 3 January 2026
Subtotal 100.00
VAT 19.00
Total 119.00 EUR
IBAN DE89 3704 0044 0532 0130 00"""


def fields_of(kind: str, text: str) -> dict[str, FieldReading]:
    words = tuple(
        Word(word, 1.0, (100 * place, 20 * row, 100 * place + 90, 20 * row + 12))
        for row, line in enumerate(text.splitlines())
        for place, word in enumerate(line.split())
    )
    return {item.name: item for item in text_fields(kind, (PageReading(1, 900, 900, text, "text", "1.jpg", words),))}


def test_invoice_values_are_found_by_their_labels() -> None:
    values = {name: item.value for name, item in fields_of("invoice", _INVOICE).items()}
    assert values == {
        "supplier": "Harbour Lights Ltd", "invoice_number": "HL-2031", "issue_date": "2026-01-03", "total": "119.00",
        "currency": "EUR", "iban": "DE89370400440532013000", "due_date": "2026-02-01",
    }  # fmt: skip


def test_invoice_value_has_the_box_of_its_words() -> None:
    assert fields_of("invoice", _INVOICE)["invoice_number"].box == (200, 60, 290, 72)


def test_invoice_total_with_rival_amounts_is_less_sure() -> None:
    assert fields_of("invoice", "Total 100.00\nTotal 119.00")["total"].value == "119.00"
    assert fields_of("invoice", "Total 100.00\nTotal 119.00")["total"].confidence == 0.6


def test_iban_with_a_wrong_digit_is_left_out() -> None:
    assert "iban" not in fields_of("bank_statement", "IBAN DE88 3704 0044 0532 0130 00")


def test_unlabelled_date_is_a_guess() -> None:
    assert fields_of("invoice", "Invoice\n2026-01-03")["issue_date"].confidence == 0.4


def test_licence_values_are_found_by_their_numbers() -> None:
    text = "1. MUSTERMANN\n2. ERIKA\n3. 12.08.1964 BERLIN\n4a. 25.01.2013\n4b. 24.01.2028\n4d. B072RRE2I55"
    values = {name: item.value for name, item in fields_of("driving_licence", text).items()}
    assert values == {
        "surname": "MUSTERMANN", "given_names": "ERIKA", "date_of_birth": "1964-08-12", "date_of_issue": "2013-01-25",
        "date_of_expiry": "2028-01-24", "document_number": "B072RRE2I55",
    }  # fmt: skip


def test_european_licence_has_its_number_in_field_five() -> None:
    assert fields_of("driving_licence", "1. FOX\n2. ADA\n5. E59619062")["document_number"].value == "E59619062"


def test_document_without_known_values_has_none() -> None:
    assert fields_of("unknown", _INVOICE) == {}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-01-03", "2026-01-03"), ("03.01.2026", "2026-01-03"), ("3 janvier 2026", "2026-01-03"), ("31/12/25", "2025-12-31"),
        ("August 3, 2014", "2014-08-03"), ("29 maart 2014", "2014-03-29"), ("12/31/2025", "2025-12-31"), ("31.02.2026", ""),
        ("1. März 2026", "2026-03-01"), ("15 août 2026", "2026-08-15"),
    ],
)  # fmt: skip
def test_printed_date_is_read_as_iso(text: str, iso: str) -> None:
    assert next((item.iso for item in dates_in(text, month_first=False)), "") == iso


def test_date_that_reads_both_ways_is_doubtful() -> None:
    european, american = (next(dates_in("7/9/2018", month_first=first)) for first in (False, True))
    assert (european.iso, american.iso) == ("2018-09-07", "2018-07-09")
    assert european.doubtful


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1.939,00 EUR", "1939.00", "EUR"), ("$4,904.94", "4904.94", "USD"), ("£ 12.50", "12.50", "GBP"),
        ("Rs 1939", "1939.00", "INR"),
        ("1 200,50 €", "1200.50", "EUR"), ("1'200.50", "1200.50", ""),
    ],
)  # fmt: skip
def test_printed_amount_is_read(text: str, amount: str, currency: str) -> None:
    money = next(money_in(text))
    assert (money.amount, money.currency) == (amount, currency)


@given(st.text(max_size=200))
def test_text_fields_of_anything_never_raise(text: str) -> None:
    for kind in ("invoice", "bank_statement", "driving_licence"):
        assert all(0 <= item.confidence <= 1 for item in fields_of(kind, text).values())
