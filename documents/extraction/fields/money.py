"""Amounts and currencies as printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CODES = "EUR|USD|GBP|CHF|INR|AUD|CAD|NOK|SEK|DKK|PLN"
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "₹": "INR", "rs": "INR"}
_MONEY = re.compile(
    rf"(?:(?P<before>[€£$₹]|(?:{_CODES}|Rs)\b\.?)\s?)?"
    r"(?<![\w.,])(?P<whole>\d{1,3}(?:[ .,'’]\d{3})+|\d+)(?P<cents>[.,]\d{2})?(?![\w%])(?![.,]\d)"
    rf"(?:\s?(?P<after>€|(?:{_CODES})\b))?"
)


@dataclass(frozen=True)
class Money:
    """`amount` with two decimals, `currency` as an ISO code or empty, at characters `start:end`."""

    amount: str
    currency: str
    start: int
    end: int


def money_in(text: str) -> Iterator[Money]:
    """Every amount in `text`: with two decimals, or a whole number beside its currency."""
    for match in _MONEY.finditer(text):
        sign = (match["before"] or match["after"] or "").strip(". ")
        if match["cents"] or sign:
            whole = int(re.sub(r"\D", "", match["whole"]))
            cents = (match["cents"] or ".00")[1:]
            yield Money(f"{whole}.{cents}", _SIGNS.get(sign.lower(), sign), match.start(), match.end())
