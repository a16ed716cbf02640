"""CSV lists with several rows an entry: rows of one key become one draft, in the order of first appearance."""

import csv
from collections.abc import Callable
from pathlib import Path

from screening.lists.base import ListFault, ParsedList
from screening.lists.draft import Draft, parsed
from screening.lists.tables import rows_of

Row = dict[str, str]


def parse_grouped(
    path: Path,
    key: Callable[[Row], str],
    fill: Callable[[Draft, Row], None],
    *headers: tuple[str, ...],
    delimiter: str = ",",
) -> ParsedList:
    """The list of a file whose rows tell one thing each. `headers` are alternatives of columns that must be there."""
    fault = ListFault(path.name, "is empty")
    for needed in headers:
        drafts: dict[str, Draft] = {}
        try:
            for line, row in rows_of(path, *needed, delimiter=delimiter):
                number = key(row)
                if number not in drafts:
                    drafts[number] = Draft(number, where=f"{path.name} line {line}")
                fill(drafts[number], row)
        except (ValueError, csv.Error) as error:
            fault = ListFault(path.name, str(error))
            continue
        return parsed(path, drafts.values())
    return ParsedList((), (fault,))
