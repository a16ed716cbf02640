"""A listed party in the making: what a file says of it in several places, cleaned and each thing once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from screening.lists.base import PERSON, ListedParty, ListFault, ParsedList, is_iso_date
from screening.lists.countries import country_code

LONGEST_ID, _LONGEST_NAME, _MOST_TOLD = 120, 500, 50
_MONTHS = {name: f"{number:02d}" for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_DAY_FIRST = re.compile(r"(dd|\d{1,2})[/.](mm|\d{1,2})[/.](\d{4})", re.IGNORECASE)
_WRITTEN = re.compile(r"(?:(\d{1,2}) )?([A-Za-z]{3})[a-z]* (\d{4})")


@dataclass
class Draft:
    """Facts of one party as they are read; `finish` gives the entry. `where` is told with anything wrong."""

    source_id: str
    schema: str = PERSON
    where: str = ""
    names: list[str] = field(default_factory=list)
    weak_aliases: list[str] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    id_numbers: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    positions: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    referents: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    gender: str = ""

    def name(self, *parts: str | None, weak: bool = False, first: bool = False) -> None:
        """Adds a name from its parts in reading order; `first` makes it the main one."""
        text = joined(parts)
        if text and weak:
            self.weak_aliases.append(text)
        elif text:
            self.names.insert(0 if first else len(self.names), text)

    def born(self, text: str | None) -> None:
        """Adds a birth date in any of the published spellings; what is no date is left out."""
        iso = iso_date_of(text or "")
        if iso:
            self.birth_dates.append(iso)

    def country(self, text: str | None) -> None:
        """Adds a country by name or code."""
        code = country_code(text) if text else ""
        if code:
            self.countries.append(code)

    def gendered(self, text: str | None) -> None:
        """Keeps a gender told as `M`, `F`, `Male` or `Female`."""
        self.gender = {"m": "male", "f": "female"}.get((text or "").strip().lower()[:1], self.gender)

    def address(self, *parts: str | None) -> None:
        """Adds an address from its parts."""
        text = joined(parts, ", ")
        if text:
            self.addresses.append(text)

    def finish(self) -> ListedParty:
        """The entry: the first name is its main one, a weak alias where it has no other."""
        names = _once(self.names) or _once(self.weak_aliases)[:1]
        return ListedParty(
            source_id=self.source_id, schema=self.schema, name=names[0][:_LONGEST_NAME] if names else "",
            aliases=names[1:], weak_aliases=tuple(name for name in _once(self.weak_aliases) if name not in names),
            birth_dates=_once(self.birth_dates), countries=_once(self.countries), id_numbers=_once(self.id_numbers),
            addresses=_once(self.addresses), gender=self.gender, programs=_once(self.programs),
            remarks="\n".join(_once(self.remarks)), positions=_once(self.positions), topics=_once(self.topics),
            referents=_once(self.referents),
        )  # fmt: skip


def joined(parts: Iterable[str | None], by: str = " ") -> str:
    """The parts that say something, with single blanks."""
    return by.join(text for text in (" ".join((part or "").split()) for part in parts) if text)


def iso_date_of(text: str) -> str:
    """A published date as ISO (`dd/mm/1965` is a year alone), or an empty text where it is none."""
    told = " ".join(text.split()).removesuffix("T00:00:00")
    if found := _DAY_FIRST.fullmatch(told):
        day, month, year = found.groups()
        told = "-".join(part.zfill(2) for part in (year, month, day) if part.isdigit())
    elif found := _WRITTEN.fullmatch(told):
        day, month, year = found.groups()
        told = "-".join(
            part for part in (year, _MONTHS.get(month.lower(), ""), (day or "").zfill(2) if day else "") if part
        )
    return told[:10] if is_iso_date(told[:10]) else ""


def parsed(
    path: Path, drafts: Iterable[Draft], doubts: Iterable[ListFault] = (), *, warnings: Iterable[ListFault] = ()
) -> ParsedList:
    """The drafts as a list. An entry without a name or an id of its own is a fault with where; so is an empty list.

    `doubts` and `warnings` are read after the drafts: a streaming reader knows them only at its end.
    """
    faults: list[ListFault] = []
    entries: list[ListedParty] = []
    seen: set[str] = set()
    for draft in drafts:
        entry = draft.finish()
        faults += [ListFault(draft.where or path.name, told) for told in _wrong(entry, seen)]
        seen.add(entry.source_id)
        entries.append(entry)
    if not entries:
        faults.append(ListFault(path.name, "holds no entry"))
    told = faults[:_MOST_TOLD]
    return ParsedList(() if told else tuple(entries), tuple(told), tuple(warnings), tuple(doubts))


def _wrong(entry: ListedParty, seen: set[str]) -> Iterator[str]:
    if not any(char.isalnum() for char in entry.name):
        yield "has no name"
    if not entry.source_id or entry.source_id in seen or len(entry.source_id) > LONGEST_ID:
        yield f"needs an id of its own, of at most {LONGEST_ID} characters"


def _once(values: list[str]) -> tuple[str, ...]:
    cleaned = (" ".join(value.split()) for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))
