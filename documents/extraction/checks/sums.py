"""What must add up on a paper: a statement's movements lead from one balance to the other, shares make a whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from core.words import said
from documents.extraction.checks.shapes import FAILED, NOT_APPLICABLE, PASSED, CheckResult, DocumentFacts, Evidence
from documents.extraction.fields.dates import dates_in, is_american
from documents.extraction.fields.money import money_in
from documents.extraction.fields.rows import Rows, around, text_of

_CENT = Decimal("0.005")
_WHOLE = Decimal("100.05")  # shares are rounded on paper
_FEW = 2
_MINUS_BEFORE = re.compile(r"[-–−]\s?(?:[€£$]|[A-Z]{3})?\s?$")
_MINUS_AFTER = re.compile(r"^\s?(?:-|S\b|D\b|DR\b|DB\b)")


@dataclass(frozen=True)
class _Movement:
    """A line of a statement: what moved, and the balance after it where the line says so."""

    day: str
    amount: Decimal
    balance: Decimal | None
    place: Evidence


def sum_checks(document: DocumentFacts) -> list[CheckResult]:
    """The sums that a document of this type must keep."""
    movements = list(_movements(document)) if document.document_type == "bank_statement" else []
    return [_adds_up(document, movements), _in_order(document, movements), _shares(document)]


def _adds_up(document: DocumentFacts, movements: list[_Movement]) -> CheckResult:
    """Opening balance, every movement, closing balance (each line's own balance where it is printed)."""
    code, opening, closing = "statement_adds_up", document.value("opening_balance"), document.value("closing_balance")
    if document.document_type != "bank_statement" or not (opening and closing and movements):
        return CheckResult(code, NOT_APPLICABLE, "There are no two balances with movements between them.")
    balance = Decimal(opening)
    for movement in movements:
        after = movement.balance if movement.balance is not None else balance + movement.amount
        moved = after - balance
        if abs(abs(moved) - abs(movement.amount)) > _CENT:
            told = said(
                "The balance after the movement of {day} does not follow from the one before it.", day=movement.day
            )
            return CheckResult(code, FAILED, told, (movement.place,))
        balance = after
    if abs(balance - Decimal(closing)) > _CENT:
        told = said("The movements that were read do not lead from the opening balance to the closing balance.")
        return CheckResult(code, FAILED, told, document.places("opening_balance", "closing_balance"))
    told = said(
        "The {movements} movements lead from the opening balance to the closing balance.", movements=len(movements)
    )
    return CheckResult(code, PASSED, told, document.places("opening_balance", "closing_balance"))


def _in_order(document: DocumentFacts, movements: list[_Movement]) -> CheckResult:
    code, days = "movements_in_order", [movement.day for movement in movements]
    if len(days) < _FEW:
        return CheckResult(code, NOT_APPLICABLE, "There are no movements to put in order.")
    first, last = document.value("period_start"), document.value("period_end")
    outside = next((item for item in movements if first and last and not first <= item.day <= last), None)
    if outside is not None:
        return CheckResult(
            code,
            FAILED,
            said("A movement of {day} lies outside the statement's period.", day=outside.day),
            (outside.place,),
        )
    downwards = days[-1] < days[0]
    wrong = next(
        (item for one, item in pairwise(movements) if item.day != one.day and (item.day < one.day) != downwards), None
    )
    if wrong is not None:
        return CheckResult(code, FAILED, "The movements are not in the order of their dates.", (wrong.place,))
    return CheckResult(code, PASSED, "The movements are in the order of their dates.")


def _shares(document: DocumentFacts) -> CheckResult:
    code, total = "shares_add_up", document.value("ownership_total")
    if document.document_type != "ownership_register" or not total:
        return CheckResult(code, NOT_APPLICABLE, "There are no shares to add up.")
    where = document.places("owners")
    if Decimal(total) > _WHOLE:
        return CheckResult(
            code, FAILED, said("The owners' shares make {total} %, more than the whole.", total=total), where
        )
    return CheckResult(code, PASSED, said("The owners' shares make {total} %.", total=total), where)


def _movements(document: DocumentFacts) -> Iterator[_Movement]:
    """Rows that begin with a date and hold one amount, or an amount and the balance after it."""
    for page in document.pages:
        month_first = is_american(page.text)
        for row in Rows(page.words).rows:
            text = text_of(row)
            day = next(
                (item for item in dates_in(text, month_first=month_first) if not text[: item.start].strip()), None
            )
            amounts = [] if day is None else list(_amounts(text[day.end :]))
            if day is not None and amounts and not _is_balance_line(text):
                balance = amounts[-1] if len(amounts) >= _FEW else None
                moved = amounts[-2] if len(amounts) >= _FEW else amounts[-1]
                yield _Movement(day.iso, moved, balance, Evidence(page.number, around(row)))


def _amounts(text: str) -> Iterator[Decimal]:
    """Amounts with their sign, which stands before or after them."""
    for money in money_in(text):
        less = _MINUS_BEFORE.search(text[: money.start]) or _MINUS_AFTER.match(text[money.end :])
        yield -Decimal(money.amount) if less else Decimal(money.amount)


def _is_balance_line(text: str) -> bool:
    return bool(re.search(r"\b(?:balance|saldo|solde|kontostand|period[eo]?|zeitraum)\b", text, re.IGNORECASE))
