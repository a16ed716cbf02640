"""OFAC SDN and consolidated lists as published: sdn.csv, alt.csv, add.csv, sdn_comments.csv (or cons_prim, cons_alt …).

No header row; `-0-` is an empty cell; birth dates, identity numbers, nationality and weak aliases stand in the remarks.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from core.words import said
from screening.lists.base import (
    AIRCRAFT,
    ORGANISATION,
    PERSON,
    VESSEL,
    ListedParty,
    ListFault,
    ListFormat,
    ParsedList,
    read_text,
    register_format,
    years_between,
)
from screening.lists.countries import country_code

_SCHEMAS = {"individual": PERSON, "vessel": VESSEL, "aircraft": AIRCRAFT}
_MAIN, _ALT, _ADD, _COMMENTS = (
    ("sdn", "cons_prim"),
    ("alt", "cons_alt"),
    ("add", "cons_add"),
    ("sdn_comments", "cons_comments"),
)
_COLUMNS = {"sdn": 12, "alt": 5, "add": 6, "sdn_comments": 2}
_DOB = re.compile(
    r"\bDOB (?:circa |late |early |approximately )?(\d{1,2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{2} \d{4}|\d{4})(?: to (\d{4}))?"
)
_WEAK = re.compile(r"[af]\.k\.a\. '([^']+)'", re.IGNORECASE)
_NATION = re.compile(r"\b(?:nationality|citizen|POB [^;]*,) ?([A-Z][A-Za-z' ]+?)(?=[;.]|$)")
_ID = re.compile(r"\b(?:Passport|(?:Tax|National|Personal) ID(?: Card)?(?: No\.)?|Registration (?:ID|Number)|"
                 r"(?:Identification|Registry|Business|Company|Legal Entity|Foreign ID|Certificate|Register|D-U-N-S|Serial) Number|"
                 r"ID No\.|Identification IMO|SWIFT/BIC|C\.I\.F\.|RFC|C\.U\.R\.P\.|Cedula No\.|NIT #|RUC #|RIF #|MMSI|"
                 r"Tail Number|Credit Code \(USCC\)|Digital Currency Address - [A-Z]+)"
                 r" ?(?:No\.)? ?(?:IMO )?((?=[A-Z./ -]*\d)[A-Z0-9][A-Z0-9 ./-]{3,63}?)(?= \(|[;.]| issued| expires|$)",
                 re.IGNORECASE)  # fmt: skip
_FEW_ORPHANS = 5  # published files of one date hold one or two
_GENDER = re.compile(r"\bGender (Male|Female)")


class _Rows:
    """The rows of the published files, by kind, with faults for what is missing or misshapen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[ListFault] = []

    def read(self, names: tuple[str, ...], *, needed: bool) -> Iterator[list[str]]:
        """Rows of the first of `names` that is there, with `-0-` emptied and cells stripped."""
        path = next((self.folder / f"{name}.csv" for name in names if (self.folder / f"{name}.csv").is_file()), None)
        if path is None:
            if needed:
                self.faults.append(ListFault(names[0] + ".csv", "is missing; OFAC publishes it with the others"))
            return
        columns = _COLUMNS[names[0]]
        reader = csv.reader(io.StringIO(read_text(path), newline=""))
        try:
            for row in reader:
                if len(row) <= 1 and not "".join(row).strip(" \x1a"):  # the files end with a lone Ctrl-Z
                    continue
                if len(row) != columns or not row[0].strip().isdigit():
                    told = f"has {len(row)} columns where {columns} are published, the first of them a number"
                    self.faults.append(ListFault(f"{path.name} line {reader.line_num}", told))
                    return
                yield ["" if cell.strip() == "-0-" else cell.strip() for cell in row]
        except csv.Error as error:
            self.faults.append(
                ListFault(f"{path.name} line {reader.line_num}", said("is no CSV: {error}", error=error))
            )


def parse(folder: Path) -> ParsedList:
    """The entries of a folder of published files. More than a few orphans (alt or add rows of no entry) mean mixed dates: a fault."""
    rows = _Rows(folder)
    main = list(rows.read(_MAIN, needed=True))
    known = {row[0] for row in main}
    aliases: dict[str, list[str]] = defaultdict(list)
    addresses: dict[str, list[list[str]]] = defaultdict(list)
    comments: dict[str, str] = defaultdict(str)
    orphans = 0
    for row in rows.read(_ALT, needed=True):
        aliases[row[0]].append(row[3])
        orphans += row[0] not in known
    for row in rows.read(_ADD, needed=True):
        addresses[row[0]].append(row)
        orphans += row[0] not in known
    for row in rows.read(_COMMENTS, needed=False):
        comments[row[0]] += " " + row[1]
    told = ListFault(
        "alt.csv, add.csv", said("rows of no entry: {number}; the files may differ in date", number=orphans)
    )
    if orphans > max(_FEW_ORPHANS, len(main) // 1000):
        rows.faults.append(told)
    if len(known) < len(main):
        rows.faults.append(
            ListFault(
                "sdn.csv",
                said("repeats numbers of entries: {number}", number=len(main) - len(known)),
            )
        )
    if not main and not rows.faults:
        rows.faults.append(ListFault("sdn.csv", "holds no entry"))
    entries = tuple(_entry(row, aliases[row[0]], addresses[row[0]], comments[row[0]]) for row in main)
    return ParsedList(() if rows.faults else entries, tuple(rows.faults), (told,) if orphans else ())


def _entry(row: list[str], aliases: list[str], addresses: list[list[str]], comment: str) -> ListedParty:
    remarks = (row[11] + comment).strip()
    person = row[2] == "individual"
    countries = [country_code(address[4]) for address in addresses if address[3] or address[4]]
    countries += [country_code(match) for match in _NATION.findall(remarks)]
    gender = _GENDER.search(remarks)
    return ListedParty(
        source_id=row[0],
        schema=_SCHEMAS.get(row[2], ORGANISATION),
        name=_turned(row[1]) if person else row[1],
        aliases=tuple(_turned(alias) if person else alias for alias in dict.fromkeys(aliases)),
        weak_aliases=tuple(dict.fromkeys(_WEAK.findall(remarks))),
        birth_dates=tuple(dict.fromkeys(_birth_dates(remarks))) if person else (),
        countries=tuple(dict.fromkeys(code for code in countries if code)),
        id_numbers=tuple(dict.fromkeys(match.strip() for match in _ID.findall(remarks))),
        addresses=tuple(filter(None, (", ".join(part for part in address[2:5] if part) for address in addresses))),
        gender=gender.group(1).lower() if gender else "",
        programs=tuple(part for part in re.split(r"[\[\]; ]+", row[3]) if part),  # published as `SDGT] [SYRIA`
        remarks=remarks,
    )


def _turned(name: str) -> str:
    """`LAST, First Middle` as `First Middle LAST`."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def _birth_dates(remarks: str) -> Iterator[str]:
    """Every published date, and every year of a range."""
    for first, last in _DOB.findall(remarks):
        start = _iso(first)
        yield from years_between(start, last) if last and start.isdigit() else filter(None, (start, last))


def _iso(text: str) -> str:
    for written, iso in (("%d %b %Y", "%Y-%m-%d"), ("%b %Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.strptime(text, written).strftime(iso)  # noqa: DTZ007 - a calendar date has no zone
        except ValueError:
            continue
    return ""


register_format(
    ListFormat("ofac_sdn", "OFAC SDN or consolidated list (folder of CSV files)", "sanction", parse, folder=True)
)
