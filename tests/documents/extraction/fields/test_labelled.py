"""Values beside and below their labels."""

from documents.extraction.fields.labelled import labelled_values
from documents.extraction.fields.owners import owner_values
from documents.extraction.fields.parties import addressee, sender
from documents.extraction.shapes import PageReading, Word


def page_of(*rows: str) -> PageReading:
    """A page of rows; two blanks part columns, which begin at the same place in every row."""
    words = [
        Word(text, 1.0, (column * 300 + place * 60, 30 * number, column * 300 + place * 60 + 50, 30 * number + 14))
        for number, row in enumerate(rows)
        for column, cell in enumerate(row.split("  "))
        for place, text in enumerate(cell.split())
    ]
    return PageReading(1, 1200, 900, "\n".join(rows), "text", "1.jpg", tuple(words))


def labelled(kind: str, *rows: str) -> dict[str, str]:
    return {item.name: item.value for item in labelled_values(kind, page_of(*rows))}


def test_value_below_its_heading_is_read() -> None:
    read = labelled("utility_bill", "Customer number  Bill date  Due date", "693 777 4535  22/05/2026  30/06/2026")
    assert read == {"account_number": "6937774535", "issue_date": "2026-05-22", "due_date": "2026-06-30"}


def test_longer_label_of_another_value_is_not_taken_for_a_shorter_one() -> None:
    assert labelled("invoice", "Due date: 01.02.2026", "Subtotal 90.00", "Total 100.00") == {
        "due_date": "2026-02-01", "total": "100.00",
    }  # fmt: skip


def test_rival_totals_are_less_sure() -> None:
    total = next(
        item for item in labelled_values("invoice", page_of("Total 100.00", "Total 119.00 EUR")) if item.name == "total"
    )
    assert (total.value, total.confidence) == ("119.00", 0.6)


def test_period_has_its_beginning_and_end() -> None:
    read = labelled(
        "bank_statement", "Zeitraum: 01.03.2026 - 31.03.2026", "Alter Saldo 1.200,50", "Neuer Saldo 900,00 EUR"
    )
    assert read == {
        "period_start": "2026-03-01", "period_end": "2026-03-31", "opening_balance": "1200.50", "closing_balance": "900.00",
        "currency": "EUR",
    }  # fmt: skip


def test_spanish_date_in_words_is_read() -> None:
    assert labelled("invoice", "Fecha de emisión: 3 de enero de 2026") == {"issue_date": "2026-01-03"}


def test_owners_are_the_rows_with_a_share() -> None:
    page = page_of(
        "Name  Country  Ownership %", "Ada Fox  Utopia  60 %", "Bo Grey  Utopia  40 %", "More than 25% of the votes"
    )
    assert {item.name: item.value for item in owner_values(page)} == {
        "owners": "Ada Fox; Bo Grey",
        "ownership_total": "100",
    }


def test_sender_is_the_company_and_not_the_recipient() -> None:
    found = sender(page_of("Harbour Lights Ltd  INVOICE", "Bill to:", "Other Company Ltd", "www.harbourlights.example"))
    assert found is not None
    assert found.value == "Harbour Lights Ltd"


def test_addressee_stands_above_street_and_town() -> None:
    page = page_of("Metro Gas", "Isaac Dunmore", "26 Queen's Avenue", "Manchester M4 7AA")
    values = {item.name: item.value for item in addressee(page, "Metro Gas")}
    assert values == {"name": "Isaac Dunmore", "address": "26 Queen's Avenue, Manchester M4 7AA"}
