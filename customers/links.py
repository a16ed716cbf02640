"""What links parties: phone, e-mail, address, device, document number, IBAN, the same owner; one spelling each. Pure.

Keys are compared as they are; what is too short to tell anybody apart is no key.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from customers.enums import LinkKind

_SHORTEST = {LinkKind.PHONE: 7, LinkKind.ADDRESS: 10, LinkKind.DOCUMENT: 5, LinkKind.IBAN: 8, LinkKind.DEVICE: 6}
_MOST = 200
_OWN_KINDS = {"iban": LinkKind.IBAN, "account": LinkKind.IBAN, "device": LinkKind.DEVICE, "device_id": LinkKind.DEVICE}
LinkKey = tuple[LinkKind, str]


class Identifier(Protocol):
    """A number with its kind, such as a passport's or an IBAN."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def country(self) -> str: ...


class Address(Protocol):
    """Where a party lives or is registered."""

    @property
    def street(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def country(self) -> str: ...


def link_keys(
    name: str,
    born: date | None,
    phone: str,
    email: str,
    addresses: Sequence[Address],
    identifiers: Sequence[Identifier],
) -> set[LinkKey]:
    """The keys of a party's facts. A document number counts with its country, a name only with a birth date."""
    keys = {(LinkKind.PHONE, re.sub(r"\D", "", phone).lstrip("0")), (LinkKind.EMAIL, email.strip().lower())}
    if born is not None:
        keys.add((LinkKind.OWNER, f"{_plain((name,))} {born.isoformat()}"))
    keys |= {
        (LinkKind.ADDRESS, _plain((item.street, item.postcode, item.city, item.country)))
        for item in addresses
        if item.street.strip()
    }
    for item in identifiers:
        kind = _OWN_KINDS.get(item.kind.lower(), LinkKind.DOCUMENT)
        number = re.sub(r"[^0-9A-Z]", "", item.value.upper())
        keys.add((kind, f"{item.country}{number}" if kind is LinkKind.DOCUMENT and number else number))
    return {(kind, key[:_MOST]) for kind, key in keys if len(key) >= _SHORTEST.get(kind, 3)}


def _plain(parts: Iterable[str]) -> str:
    """Letters and digits in lower case, without accents, a space between words."""
    text = unicodedata.normalize("NFKD", " ".join(parts)).lower()
    return " ".join(re.findall(r"\w+", "".join(char for char in text if not unicodedata.combining(char))))
