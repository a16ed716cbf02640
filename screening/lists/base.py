"""What every list format gives: entries in FollowTheMoney's words, and a registry of formats."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PERSON, COMPANY, ORGANISATION, VESSEL, AIRCRAFT = "Person", "Company", "Organization", "Vessel", "Airplane"
WALLET = "CryptoWallet"
SCHEMAS = (PERSON, COMPANY, ORGANISATION, VESSEL, AIRCRAFT, WALLET)
_ISO = re.compile(r"(18|19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_WIDEST = 30


@dataclass(frozen=True)
class ListedParty:
    """One listed party. Dates are ISO, as precise as published (`1962`, `1962-03`, `1962-03-01`).

    `topics` are OpenSanctions' words for why a party is listed (`sanction`, `role.pep`); `referents` are former ids of
    the entry, so that a decision on one of them carries over when a list merges its entries.
    """

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
    positions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()

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
    """The entries, and what is wrong: `faults` make the file unfit, `doubts` need a person's approval before the list
    is screened against (a file that was not well-formed and is recovered), of `warnings` a person should know.
    """

    entries: tuple[ListedParty, ...]
    faults: tuple[ListFault, ...] = ()
    warnings: tuple[ListFault, ...] = field(default=())
    doubts: tuple[ListFault, ...] = field(default=())


@dataclass(frozen=True)
class ListFormat:
    """A format: `parse` takes a file, or a folder where `folder`. `kind` is the kind of list it usually carries."""

    code: str
    title: str
    kind: str
    parse: Callable[[Path], ParsedList]
    folder: bool = False


_formats: dict[str, ListFormat] = {}


def register_format(list_format: ListFormat) -> None:
    """Makes a format importable; raises ValueError where its code is taken."""
    if list_format.code in _formats:
        raise ValueError(f"the list format {list_format.code} is registered twice")
    _formats[list_format.code] = list_format


def formats() -> dict[str, ListFormat]:
    """Every format by its code."""
    return dict(_formats)


def read_text(path: Path) -> str:
    """A file's text: UTF-8, or Windows-1252 as older files are published in; never with letters lost."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def is_iso_date(text: str) -> bool:
    """True for `1962`, `1962-03` and `1962-03-01`, in the years in which people alive now or lately were born."""
    return _ISO.fullmatch(text) is not None


def years_between(first: str, last: str) -> list[str]:
    """Every year of a published range; both ends alone where it is implausibly wide."""
    start, end = sorted((int(first), int(last)))
    return [str(year) for year in range(start, end + 1)] if end - start <= _WIDEST else [str(start), str(end)]
