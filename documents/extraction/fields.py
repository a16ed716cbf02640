"""Values of documents without a machine-readable zone: labelled dates and numbers, found where they stand."""

import re
from datetime import date

from documents.extraction.shapes import FieldReading, PageReading, Word

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_NUMBER = re.compile(
    r"(?:invoice|facture|rechnung|factuur|factura|fattura)\w*\W{0,3}(?:number|no|nr|n°|#|:|num\w*)*\W{0,3}([A-Z0-9][A-Z0-9/_-]{3,})",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand total|amount due|total due|total|gesamt\w*|totaal|totale)[^0-9\n]{0,25}([0-9][0-9.,' ]*[.,][0-9]{2})",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b|\b(\d{1,2})\.? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})\b|\b([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})\b"
)
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)\b")


def text_fields(document_type: str, pages: tuple[PageReading, ...]) -> list[FieldReading]:
    """The values this type is known to carry, each with the box of the words it was read from."""
    found: list[FieldReading] = []
    for page in pages:
        known = {reading.name for reading in found}
        found += [reading for reading in _page_fields(document_type, page) if reading.name not in known]
    return found


def _page_fields(document_type: str, page: PageReading) -> list[FieldReading]:
    text = page.text
    values: dict[str, str] = {}
    if document_type in {"invoice", "utility_bill"}:
        values["invoice_number"] = _last(_NUMBER, text)
        values["total"] = _amount(_last(_TOTAL, text))
    if document_type in {"invoice", "utility_bill", "bank_statement"}:
        values["issue_date"] = _first_date(text)
        values["iban"] = _checked_iban(text)
    return [_reading(name, value, page) for name, value in values.items() if value]


def _last(pattern: re.Pattern[str], text: str) -> str:
    """The last match that holds a digit: totals stand below subtotals, numbers after headings."""
    matches = [match.group(1).strip() for match in pattern.finditer(text)]
    return next((match for match in reversed(matches) if any(char.isdigit() for char in match)), "")


def _amount(text: str) -> str:
    """`1.939,00` and `1,939.00` as `1939.00`."""
    digits = re.sub(r"[^0-9]", "", text)
    return f"{int(digits[:-2] or 0)}.{digits[-2:]}" if digits else ""


def _first_date(text: str) -> str:
    for match in _DATE.finditer(text):
        iso = _iso(match)
        if iso:
            return iso
    return ""


def _iso(match: re.Match[str]) -> str:
    year, month, day, day2, month2, year2, day3, name3, year3, name4, day4, year4 = match.groups()
    try:
        if year:
            return date(int(year), int(month), int(day)).isoformat()
        if day2:  # day first, unless only the other order is a date
            first, second = int(day2), int(month2)
            return (date(int(year2), second, first) if second <= 12 else date(int(year2), first, second)).isoformat()  # noqa: PLR2004
        name, day_text, year_text = (name3, day3, year3) if day3 else (name4, day4, year4)
        return date(int(year_text), _MONTHS[name.lower()], int(day_text)).isoformat()
    except (ValueError, KeyError):
        return ""


def _checked_iban(text: str) -> str:
    """The first IBAN whose check digits fit (ISO 13616, mod 97)."""
    for match in _IBAN.finditer(text):
        iban = match.group(1).replace(" ", "")
        turned = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
        if int(turned) % 97 == 1:
            return iban
    return ""


def _reading(name: str, value: str, page: PageReading) -> FieldReading:
    source = "text" if page.source == "text" else "ocr"
    word = next((word for word in page.words if value in word.text or word.text.strip(".,:") == value), None)
    confidence = 0.75 if word is None else min(0.9, word.confidence)
    return FieldReading(name, value, round(confidence, 2), source, page.number, word.box if word else None)


def joined(words: tuple[Word, ...]) -> str:
    """Words as text, a new line where the next word stands lower by more than half its height."""
    lines: list[str] = []
    last: Word | None = None
    for word in words:
        height = word.box[3] - word.box[1]
        if last is not None and abs(word.box[1] - last.box[1]) < max(6, height // 2):
            lines[-1] += " " + word.text
        else:
            lines.append(word.text)
        last = word
    return "\n".join(lines)
