"""Invoices, utility bills and account statements: number, date, total, account, by labels in six languages."""

import re
from collections.abc import Iterator

from documents.extraction.fields.dates import dates_in, is_american
from documents.extraction.fields.found import Found
from documents.extraction.fields.money import Money, money_in
from documents.extraction.lines import Located

_NUMBER = re.compile(
    r"\b(?:invoice|facture|rechnung|factuur|factura|fattura)s?[ -]*"
    r"(?:number|nummer|num[eé]ro|no|nr|n[°ºo.]|id)?[ .:#-]*(?P<own_line>\n(?:num[eé]ro|number|no|nr|#)[ .:#]*)?"
    r"(?P<value>[A-Z0-9][A-Z0-9/_-]{2,}\w)",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"(?:amount|balance|total)\s(?:amount\s)?due|total\s(?:a\spagar|ttc|à\spayer|payable)|net\sà\spayer|grand\stotal"
    r"|invoice\stotal|gesamt\w*|rechnungsbetrag|zahlbetrag|zu\szahlen|te\sbetalen|factuur\stotaal|totale\sda\spagare",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?<!sub )(?<!sub-)(?<!sous )(?<!sous-)\b(?:total|totaal|totale|summe)\b(?!\s(?:tax|vat|ht|discount))",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?:invoice\sdate|date\sof\sissue|issue\sdate|factuur\s?datum|rechnungsdatum|date\sd.[eé]mission|datum"
    r"|date\sde\sfacturation|fecha\sde\semisi[oó]n|data\s(?:fattura|di\semissione)|statement\sdate|\bdate|\bdatum)\s?[:.]?",
    re.IGNORECASE,
)
_NOT_ISSUED = re.compile(
    r"(?:due|order|delivery|check|verval|birth|service|liefer|vencimiento|ch[eé]ance|scadenza|paiement|f[aä]llig)\w*\W*$",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_LONG_NUMBER = re.compile(r"(?<![\d.,])\d{10,19}(?![\d.,])")
_HEAD_LINES = 8
_FEW_WORDS = 4
_TITLE_GAP = 3


def bill_values(page: Located, document_type: str) -> list[Found]:
    """The values of one page, some of a name more than once; the reader keeps the surest."""
    found = [*_issue_dates(page.text), *_ibans(page.text)]
    if document_type == "bank_statement":
        found += _card_numbers(page.text)
    else:
        found += [*_numbers(page.text), *_totals(page.text)]
    return found


def _numbers(text: str) -> Iterator[Found]:
    for match in _NUMBER.finditer(text):
        value = match["value"]
        if any(char.isdigit() for char in value) and not list(dates_in(value, month_first=False)):
            certainty = 0.7 if match["own_line"] else 0.9
            yield Found("invoice_number", value, match.start("value"), match.end("value"), certainty)


def _totals(text: str) -> Iterator[Found]:
    """The greatest amount beside the strongest label: a total with tax exceeds the one without."""
    for label, certainty in ((_DUE, 0.9), (_TOTAL, 0.8)):
        amounts = [money for match in label.finditer(text) if (money := _amount_after(text, match.end()))]
        if amounts:
            best = max(amounts, key=lambda money: float(money.amount))
            sure = certainty if len({money.amount for money in amounts}) == 1 else 0.6
            yield Found("total", best.amount, best.start, best.end, sure)
            if best.currency:
                yield Found("currency", best.currency, best.start, best.end, sure)
            return


def _amount_after(text: str, at: int) -> Money | None:
    """The last amount on the label's line; where there is none, the one that ends a next line of few words."""
    end = _line_end(text, at)
    here = [Money(m.amount, m.currency, m.start + at, m.end + at) for m in money_in(text[at:end])]
    if here:
        return here[-1]
    following = text[end + 1 : _line_end(text, end + 1)]
    for money in money_in(following):
        if money.end == len(following.rstrip()) and len(following.split()) <= _FEW_WORDS:
            return Money(money.amount, money.currency, money.start + end + 1, money.end + end + 1)
    return None


def _issue_dates(text: str) -> Iterator[Found]:
    """Labelled dates; the page's first date as a guess where no label leads to one."""
    dates = list(dates_in(text, month_first=is_american(text)))
    for match in _ISSUED.finditer(text):
        beside = next((item for item in dates if 0 <= item.start - match.end() <= _TITLE_GAP), None)
        if beside is not None and not _is_of_something_else(text, match.start()):
            yield Found("issue_date", beside.iso, beside.start, beside.end, 0.6 if beside.doubtful else 0.9)
            return
    guess = next((item for item in dates if not _is_of_something_else(text, item.start)), None)
    if guess is not None:
        yield Found("issue_date", guess.iso, guess.start, guess.end, 0.4)


def _is_of_something_else(text: str, at: int) -> bool:
    """Whether the words just before `at` speak of a due date, a delivery, a birth."""
    return bool(_NOT_ISSUED.search(text[max(0, at - 20) : at]))


def _ibans(text: str) -> Iterator[Found]:
    """IBANs whose check digits fit (ISO 13616, mod 97)."""
    for match in _IBAN.finditer(text):
        iban = match.group().replace(" ", "")
        turned = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
        if int(turned) % 97 == 1:
            yield Found("iban", iban, match.start(), match.end(), 0.99)


def _card_numbers(text: str) -> Iterator[Found]:
    """A long number that stands alone near the head of a statement, as on those of cards; a guess."""
    match = _LONG_NUMBER.search("\n".join(text.splitlines()[:_HEAD_LINES]))
    if match:
        yield Found("account_number", match.group(), match.start(), match.end(), 0.6)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
