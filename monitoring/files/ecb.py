"""The euro reference rates as the ECB publishes them: `eurofxref*.csv` and `eurofxref*.xml`. Pure.

Both say units of a currency for one euro on a day; days without a rate (`N/A`) are left out.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

Rates = dict[str, Decimal]
_DAYS = ("%Y-%m-%d", "%d %B %Y")
_UNKNOWN = {"", "N/A"}


class RatesUnreadable(ValueError):
    """The file is none of the ECB's, or a value in it is no rate; says where."""


def read_rates(content: bytes) -> Iterator[tuple[date, Rates]]:
    """The rates of each day in the file. Raises RatesUnreadable."""
    return _of_xml(content) if content.lstrip()[:1] == b"<" else _of_csv(content)


def in_base(rates: Rates, base: str) -> Rates:
    """Units of each currency for one unit of `base`; empty where the day has no rate of `base`."""
    euro = rates | {"EUR": Decimal(1)}
    if base not in euro:
        return {}
    return {currency: rate / euro[base] for currency, rate in euro.items() if currency != base}


def _of_csv(content: bytes) -> Iterator[tuple[date, Rates]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace")), skipinitialspace=True)
    if not reader.fieldnames or reader.fieldnames[0].strip() != "Date":
        raise RatesUnreadable("the first column is not `Date`: this is no file of euro reference rates")
    for number, row in enumerate(reader, start=2):
        where = f"line {number}"
        values = {name.strip(): (value or "").strip() for name, value in row.items() if name and name.strip()}
        yield _day(values.pop("Date"), where), _rates(values, where)


def _of_xml(content: bytes) -> Iterator[tuple[date, Rates]]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise RatesUnreadable(f"it is not well-formed XML: {error}") from error
    days = root.findall(".//{*}Cube[@time]")
    if not days:
        raise RatesUnreadable("it has no `Cube` with a `time`: this is no file of euro reference rates")
    for day in days:
        where = day.get("time")
        yield _day(where, where), _rates({cube.get("currency"): cube.get("rate") for cube in day}, where)


def _day(text: str, where: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise RatesUnreadable(f"{where}: `{text}` is no day; write 2026-11-20")


def _rates(values: dict[str, str], where: str) -> Rates:
    found: Rates = {}
    for currency, told in values.items():
        if told in _UNKNOWN:
            continue
        try:
            rate = Decimal(told)
        except InvalidOperation:
            rate = Decimal(0)
        if not rate.is_finite() or rate <= 0:
            raise RatesUnreadable(f"{where}: `{told}` is no rate of {currency}")
        found[currency] = rate
    return found
