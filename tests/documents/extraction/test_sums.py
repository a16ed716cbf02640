"""Sums that a paper must keep."""

import pytest

from documents.extraction.checks.shapes import DocumentFacts
from documents.extraction.checks.sums import sum_checks
from documents.extraction.fields import text_fields
from documents.extraction.lines import joined
from documents.extraction.pages import open_pages
from documents.extraction.shapes import FieldReading, PageReading, Word
from documents.synthesis import make_specimen


def outcomes(document: DocumentFacts) -> dict[str, str]:
    return {check.code: check.outcome for check in sum_checks(document)}


def statement_of(*rows: str, opening: str, closing: str, **more: str) -> DocumentFacts:
    words = tuple(
        Word(text, 1.0, (place * 80, 30 * number, place * 80 + 60, 30 * number + 14))
        for number, row in enumerate(rows)
        for place, text in enumerate(row.split())
    )
    values = {"opening_balance": opening, "closing_balance": closing} | more
    fields = tuple(FieldReading(name, value, 0.9, "text", 1, (0, 0, 9, 9)) for name, value in values.items())
    page = PageReading(1, 900, 900, "\n".join(rows), "text", "1.jpg", words)
    return DocumentFacts("bank_statement", fields, pages=(page,))


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_drawn_statement_adds_up(language: str) -> None:
    specimen = make_specimen("bank_statement", 12, wear="pdf", language=language)
    raw = next(iter(open_pages(specimen.content, "application/pdf")))
    page = PageReading(1, raw.image.width, raw.image.height, joined(raw.words), "text", "1.jpg", raw.words)
    document = DocumentFacts("bank_statement", tuple(text_fields("bank_statement", (page,))), pages=(page,))
    assert outcomes(document)["statement_adds_up"] == "passed"
    assert outcomes(document)["movements_in_order"] == "passed"


def test_statement_without_balances_on_its_lines_adds_up() -> None:
    rows = ("01.03.2026 Rent -400,00", "03.03.2026 Salary 900,00", "05.03.2026 Shop 24,81-")
    assert outcomes(statement_of(*rows, opening="100.00", closing="575.19"))["statement_adds_up"] == "passed"


def test_changed_movement_is_found_with_its_place() -> None:
    rows = ("01.03.2026 Rent -400,00 600,00", "03.03.2026 Salary 5.900,00 1.500,00")
    checks = sum_checks(statement_of(*rows, opening="1000.00", closing="1500.00"))
    found = next(check for check in checks if check.code == "statement_adds_up")
    assert found.outcome == "failed"
    assert found.evidence[0].box is not None
    assert "2026-03-03" in found.sentence


def test_closing_balance_that_does_not_follow_fails() -> None:
    document = statement_of("01.03.2026 Rent -400,00", opening="1000.00", closing="900.00")
    assert outcomes(document)["statement_adds_up"] == "failed"


def test_movements_out_of_order_fail() -> None:
    rows = ("01.03.2026 A -1,00", "09.03.2026 B -1,00", "05.03.2026 C -1,00", "10.03.2026 D -1,00")
    assert outcomes(statement_of(*rows, opening="10.00", closing="6.00"))["movements_in_order"] == "failed"


def test_movement_outside_the_period_fails() -> None:
    period = {"period_start": "2026-03-01", "period_end": "2026-03-31"}
    document = statement_of("01.03.2026 A -1,00", "09.04.2026 B -1,00", opening="10.00", closing="8.00", **period)
    assert outcomes(document)["movements_in_order"] == "failed"


@pytest.mark.parametrize(("total", "outcome"), [("100", "passed"), ("60", "passed"), ("130", "failed")])
def test_shares_are_no_more_than_the_whole(total: str, outcome: str) -> None:
    fields = (FieldReading("ownership_total", total, 0.9, "text", 1, None),)
    assert outcomes(DocumentFacts("ownership_register", fields))["shares_add_up"] == outcome


def test_other_documents_have_nothing_to_add_up() -> None:
    assert set(outcomes(DocumentFacts("passport")).values()) == {"not_applicable"}
