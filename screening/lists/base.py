"""What every list format gives: entries in FollowTheMoney's words, and a registry of formats."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PERSON, COMPANY, ORGANISATION, VESSEL, AIRCRAFT = "Person", "Company", "Organization", "Vessel", "Airplane"


@dataclass(frozen=True)
class ListedParty:
    """One listed party. Dates are ISO, as precise as published (`1962`, `1962-03`, `1962-03-01`)."""

    source_id: str
    schema: str
    name: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    id_numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    gender: str = ""
    programs: tuple[str, ...] = ()
    remarks: str = ""

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name once, the main one first, weak aliases last."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.weak_aliases)))


@dataclass(frozen=True)
class ListFault:
    """What is wrong with a file: where (file and line or element) and what."""

    where: str
    message: str


@dataclass(frozen=True)
class ParsedList:
    """The entries, and faults that make the file unfit (`faults`) or that a person should know of (`warnings`)."""

    entries: tuple[ListedParty, ...]
    faults: tuple[ListFault, ...] = ()
    warnings: tuple[ListFault, ...] = field(default=())


@dataclass(frozen=True)
class ListFormat:
    """A format: `parse` takes a file or folder. `kind` is the kind of list it carries."""

    code: str
    title: str
    kind: str
    parse: Callable[[Path], ParsedList]


_formats: dict[str, ListFormat] = {}


def register_format(list_format: ListFormat) -> None:
    """Makes a format importable; raises ValueError where its code is taken."""
    if list_format.code in _formats:
        raise ValueError(f"the list format {list_format.code} is registered twice")
    _formats[list_format.code] = list_format


def formats() -> dict[str, ListFormat]:
    """Every format by its code."""
    return dict(_formats)
