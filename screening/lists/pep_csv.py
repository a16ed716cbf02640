"""Politically exposed persons as CSV: the columns of EveryPolitician and their likes, one row a person or a term."""

from pathlib import Path

from screening.lists.base import PERSON, ListFormat, ParsedList, register_format
from screening.lists.draft import Draft, joined
from screening.lists.grouped import parse_grouped

_POSITION = ("position", "role", "office")
_BORN = ("birth_date", "date_of_birth", "dob")
_COUNTRY = ("country", "nationality", "countries")


def parse(path: Path) -> ParsedList:
    """The persons of the file; rows of one id are terms of one person. Needs `id` and `name`."""
    return parse_grouped(path, lambda row: row["id"], _fill, ("id", "name"))


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.schema = PERSON
    draft.name(row["name"])
    for name in (row.get("sort_name", ""), *row.get("aliases", "").split(";")):
        last, comma, first = name.partition(", ")
        draft.name(f"{first} {last}" if comma else name)
    for column in _BORN:
        draft.born(row.get(column))
    for column in _COUNTRY:
        for part in row.get(column, "").split(";"):
            draft.country(part)
    draft.gendered(row.get("gender"))
    office = joined(row.get(column) for column in _POSITION)
    draft.positions.append(office or joined((row.get("chamber"), row.get("area")), ", "))
    draft.programs.append(row.get("country", ""))
    draft.topics.append("role.pep")
    draft.remarks.append(row.get("group", ""))


register_format(ListFormat("pep_csv", "Politically exposed persons (CSV)", "pep", parse))
