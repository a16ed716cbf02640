"""Figures and dates of a text, each in one form however it is written. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES = (
    (re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"), "ymd"),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},? (\d{{4}})\b", re.IGNORECASE), "dmy"),
    (re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE), "mdy"),
    (re.compile(rf"\b{_MONTH} (\d{{4}})\b", re.IGNORECASE), "my"),
)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_NUMBER = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,:/-]\d+)*)(?:\s?(k|thousand|m|million|bn|billion)\b)?", re.IGNORECASE
)
_SPELT = {
    "two": 2, "twice": 2, "three": 3, "thrice": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def figures_of(text: str) -> tuple[dict[str, str], str]:
    """Each figure, date and spelt number as written, with its one form (`9500`, `2026-03-02`), and the text without dates.

    A date whose order of day and month is not certain (02/03/2026) stays as it is written.
    """
    found: dict[str, str] = {}
    for pattern, order in _DATES:
        for match in pattern.finditer(text):
            found[match[0]] = _date(match.groups(), order)
        text = pattern.sub(" ", text)
    found |= {match[0].strip(): _number(match[1], match[2] or "") for match in _NUMBER.finditer(text)}
    found |= {word: str(_SPELT[word.lower()]) for word in _WORD.findall(text) if word.lower() in _SPELT}
    return found, text


def supported(text: str) -> set[str]:
    """Every form that a statement resting on this text may use: of a date its month and its year too."""
    return {form for figure in figures_of(text)[0].values() for form in _parts(figure)}


def _parts(figure: str) -> Iterator[str]:
    yield figure
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", figure):
        yield from (figure[:7], figure[:4])


def _date(groups: tuple[str, ...], order: str) -> str:
    told = dict(zip(order, groups, strict=True))
    month = told["m"] if told["m"].isdigit() else f"{_MONTHS.index(told['m'][:3].lower()) + 1:02d}"
    return f"{told['y']}-{month}" + (f"-{int(told['d']):02d}" if "d" in told else "")


def _number(written: str, scale: str) -> str:
    plain = written.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", written) else written
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        return written
    value = Decimal(plain) * (10 ** _SCALES.get(scale.lower(), 0))
    return f"{value.normalize():f}"
