"""Reading one cell: from what was delivered (text of a file, a value of JSON) to a typed value, or what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import pycountry

from core.clock import now
from core.places import is_country
from core.words import said

CLOCKS_DIFFER = timedelta(minutes=5)
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MOST_DIGITS = 13  # before the point
_LONGEST_NUMBER = 40
_RESERVED = {"UK": "GB", "EL": "GR"}  # reserved codes of ISO 3166-1 that files use for the country's own
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})


class CellFault(Exception):
    """The value cannot be taken: what is wrong, and what instead."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message, self.suggestion = message, suggestion


@dataclass(frozen=True)
class Cell:
    """A named value of a row. `read` raises CellFault; `empty` stands for a cell that was not given. A text has at most
    `longest` characters, money at most `decimals`."""

    read: Callable[[Any], Any]
    kind: str
    required: bool = False
    empty: Any = ""
    help: str = ""
    longest: int = 0
    decimals: int = 0


def text(longest: int, *, required: bool = False, help: str = "") -> Cell:
    """A text of at most so many characters, without space around it."""

    def read(value: Any) -> str:
        told = value if isinstance(value, str) else _plain(value)
        told = told.strip()
        if len(told) > longest:
            raise CellFault(said("has {told} characters", told=len(told)), said("at most {longest}", longest=longest))
        if "\0" in told:
            raise CellFault("holds a NUL byte, which no text has")
        return told

    return Cell(read, "text", required, help=help, longest=longest)


def _plain(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise CellFault("is no text")
    return str(value)


def choice(*words: str) -> Cell:
    """One of the words."""

    def read(value: Any) -> str:
        if value not in words:
            raise CellFault("is none of the words that are known here", said("one of {words}", words=", ".join(words)))
        return str(value)

    return Cell(read, "choice", required=True, help=f"one of {', '.join(words)}")


def _decimal(value: Any) -> Decimal:
    told = value.strip() if isinstance(value, str) else value
    if isinstance(told, bool) or not isinstance(told, str | int | float | Decimal) or len(str(told)) > _LONGEST_NUMBER:
        raise CellFault("is no number", "digits with a decimal point, such as 1250.00")
    try:
        number = Decimal(str(told))
    except InvalidOperation as error:
        instead = "a decimal point instead of a comma" if "," in str(told) else "digits with a decimal point"
        raise CellFault("is no number", said("{instead}, such as 1250.00", instead=instead)) from error
    if not number.is_finite():
        raise CellFault("is no number", "digits with a decimal point, such as 1250.00")
    return number


def money(*, decimals: int = 3) -> Cell:
    """A positive amount."""
    step = Decimal(1).scaleb(-decimals)

    def read(value: Any) -> Decimal:
        amount = _decimal(value)
        if amount <= 0:
            raise CellFault("is not above zero", "the amount alone; `direction` says which way it went")
        if amount >= 10**MOST_DIGITS:
            raise CellFault(said("has more than {most_digits} digits before the point", most_digits=MOST_DIGITS))
        if amount != amount.quantize(step):
            raise CellFault(said("has more than {decimals} decimals", decimals=decimals))
        return amount

    told = f"above zero, up to {decimals} decimals"
    return Cell(read, "money", required=True, help=told, decimals=decimals)


def number(*, help: str = "") -> Cell:
    """Any finite number."""
    return Cell(lambda value: float(_decimal(value)), "number", empty=None, help=help)


def flag(*, help: str = "") -> Cell:
    """1 or 0."""

    def read(value: Any) -> float:
        told = str(value).strip().lower()
        if told in _YES:
            return 1.0
        if told in _NO:
            return 0.0
        raise CellFault("is neither yes nor no", "1 or 0")

    return Cell(read, "number", empty=None, help=help or "1 or 0")


def currency(*, required: bool = True) -> Cell:
    """An ISO 4217 code."""

    def read(value: Any) -> str:
        code = str(value).strip().upper()
        if not _is_currency(code):
            raise CellFault("is no ISO 4217 currency code", "three letters, such as EUR")
        return code

    return Cell(read, "text", required, help="ISO 4217, such as EUR")


def country(*, help: str = "") -> Cell:
    """An ISO 3166-1 alpha-2 code."""

    def read(value: Any) -> str:
        code = str(value).strip().upper()
        code = _RESERVED.get(code, code)
        if not is_country(code):
            raise CellFault("is no ISO 3166-1 alpha-2 country code", "two letters, such as DE")
        return code

    return Cell(read, "text", help=help or "ISO 3166-1 alpha-2, such as DE")


@lru_cache(maxsize=1000)
def _is_currency(code: str) -> bool:
    return pycountry.currencies.get(alpha_3=code) is not None


def moment(*, required: bool = False, help: str = "") -> Cell:
    """A time that has been, ISO 8601; without a zone it is UTC."""

    def read(value: Any) -> datetime:
        told = _moment(value)
        if told > now() + CLOCKS_DIFFER:  # a few minutes ahead are clocks that differ
            raise CellFault("is in the future", "the time of the booking or entry")
        if told < EARLIEST:
            raise CellFault("is before 1970")
        return told

    return Cell(read, "time", required, empty=None, help=help or "ISO 8601, such as 2026-11-21T09:30:00Z")


def _moment(value: Any) -> datetime:
    try:
        told = value if isinstance(value, datetime) else datetime.fromisoformat(value.strip())
        return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise CellFault("is no time", "ISO 8601, such as 2026-11-21T09:30:00Z") from error
