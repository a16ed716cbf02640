"""Driving licences: the numbered fields of Directive 2006/126/EC, annex I, which American licences (AAMVA) follow."""

import re
from collections.abc import Iterator

from documents.extraction.fields.dates import dates_in, is_american
from documents.extraction.fields.found import Found
from documents.extraction.lines import Located

_NAMES = {"surname": "1", "given_names": "2"}
_DATES = {
    "date_of_birth": r"3\.?\s?(?:DOB)?", "date_of_issue": r"4a\.?\s?(?:ISS)?", "date_of_expiry": r"4b\.?\s?(?:EXP)?",
}  # fmt: skip
_NUMBER = re.compile(
    r"^(?:4d\.?\s?(?:DLN|LIC\w*|NO)?[.:#\s]*|5\.\s?)(?P<value>[A-Z0-9][A-Z0-9-]{5,})", re.IGNORECASE | re.MULTILINE
)


def licence_values(page: Located, document_type: str) -> list[Found]:
    """The numbered values of one page."""
    return [*_names(page.text), *_dates(page.text), *_numbers(page.text)]


def _names(text: str) -> Iterator[Found]:
    for name, number in _NAMES.items():
        match = re.search(rf"^{number}\.?\s(?P<value>[^\W\d_][^\W\d_' -]*(?:[ '-][^\W\d_]{{2,}})*)", text, re.MULTILINE)
        if match and match["value"].isupper():
            yield Found(name, match["value"], match.start("value"), match.end("value"), 0.8)


def _dates(text: str) -> Iterator[Found]:
    dates = list(dates_in(text, month_first=is_american(text) or "LICENSE" in text.upper()))
    for name, label in _DATES.items():
        for match in re.finditer(rf"(?:^|\s){label}[:\s]+", text, re.IGNORECASE | re.MULTILINE):
            beside = next((item for item in dates if item.start == match.end()), None)
            if beside is not None:
                yield Found(name, beside.iso, beside.start, beside.end, 0.6 if beside.doubtful else 0.8)
                break


def _numbers(text: str) -> Iterator[Found]:
    match = _NUMBER.search(text)
    if match and any(char.isdigit() for char in match["value"]):
        yield Found("document_number", match["value"], match.start("value"), match.end("value"), 0.8)
