"""Digests of what identifies a party: equal while a decision on it still holds. Order and spelling of case do not count."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict

from screening.lists.base import ListedParty

_LENGTH = 32
IDENTITY_FIELDS = ("names", "birth_dates", "countries", "id_numbers", "programs", "gender", "schema")


def digest(parts: Iterable[object]) -> str:
    """128 bits of SHA-256 over the parts, in hexadecimal."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:_LENGTH]


def content_of(entry: ListedParty) -> str:
    """The digest of everything a list says of an entry."""
    return digest(asdict(entry).values())


def identity_of(entry: ListedParty) -> str:
    """The digest of what identifies an entry: not its remarks, addresses or positions."""
    return digest(f"{name}:{_plain(values)}" for name, values in _identity(entry).items())


def changed_fields(former: ListedParty, entry: ListedParty) -> list[str]:
    """Names of the fields that differ, names and aliases taken together; those that identify first."""
    mine, theirs = _identity(former), _identity(entry)
    found = [name for name in IDENTITY_FIELDS if _plain(mine[name]) != _plain(theirs[name])]
    others = ("addresses", "positions", "topics", "remarks", "referents")
    return found + [name for name in others if getattr(former, name) != getattr(entry, name)]


def _identity(entry: ListedParty) -> dict[str, tuple[str, ...]]:
    return {
        "names": entry.all_names, "birth_dates": entry.birth_dates, "countries": entry.countries,
        "id_numbers": entry.id_numbers, "programs": entry.programs, "gender": (entry.gender,), "schema": (entry.schema,),
    }  # fmt: skip


def _plain(values: Iterable[str]) -> list[str]:
    return sorted({value.casefold() for value in values})


def identity_of_party(
    names: Iterable[str], birth_date: object, countries: Iterable[str], numbers: Iterable[str], gender: str
) -> str:
    """The digest of what identifies a party of a customer: not its addresses, contacts or occupation."""
    return digest((_plain(names), birth_date or "", _plain(countries), _plain(numbers), gender))
