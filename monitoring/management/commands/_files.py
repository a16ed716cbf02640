"""What the commands over files share: opening a file of events, and a progress bar on a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.core.management.base import CommandError

from customers.selectors import high_risk_countries
from monitoring.domains import domains
from monitoring.domains.base import Domain
from monitoring.enums import ListHolds
from monitoring.files.frames import EventFrame, event_frame
from monitoring.files.mapping import MappingInvalid, saved_mapping
from monitoring.files.rates import fixed_rates
from monitoring.files.reading import Events, read_events, read_table
from monitoring.list_values import read_values
from monitoring.lists import named_lists_that_ship
from monitoring.rules.lists import NamedList, plain_list

_WIDTH, _SHOWN = 30, 5


def domain_named(code: str) -> Domain:
    """The domain with this code; raises CommandError."""
    if code not in domains():
        raise CommandError(f"`{code}` is no domain: one of {', '.join(sorted(domains()))}")
    return domains()[code]


def opened(path: Path, domain: Domain, *, mapping: Path | None, tables: list[str], rates: Path | None) -> EventFrame:
    """The rows of a file; what is not good is told on standard error. Raises CommandError."""
    try:
        used = saved_mapping(mapping, domain) if mapping else None
        events = read_events(path, domain, used)
        beside = {name: read_table(Path(place)) for name, place in map(_table, tables)}
        unknown = sorted(set(beside) - set(domain.files.tables))
        if unknown:
            raise CommandError(
                f"`{unknown[0]}` is no table of {domain.code}: {', '.join(domain.files.tables) or 'none'}"
            )
        dated = read_table(rates) if rates else fixed_rates(settings.BASE_CURRENCY)
        frame = event_frame(events, domain, beside, dated)
    except (MappingInvalid, OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise CommandError(f"{path}: {error}") from error
    _tell(events, frame)
    return frame


def _table(told: str) -> tuple[str, str]:
    name, sign, place = told.partition("=")
    if not sign:
        raise CommandError(f"`{told}` is not NAME=FILE")
    return name, place


def _tell(events: Events, frame: EventFrame) -> None:
    print(f"{frame.number:,} events read as {events.format}", file=sys.stderr)
    if events.rejected:
        print(f"{len(events.rejected):,} faults in lines that are left out, such as", file=sys.stderr)
        for line, reason in events.rejected[:_SHOWN]:
            print(f"  line {line}: {reason}", file=sys.stderr)
    if frame.unconverted:
        print(
            f"{frame.unconverted:,} amounts are in a currency without a rate and were left as they are", file=sys.stderr
        )


def lists_of(told: Sequence[str]) -> dict[str, NamedList]:
    """The lists that ship, with those of `NAME=FILE` (a value a line, or CSV) beside or instead. Raises CommandError."""
    found = named_lists_that_ship(high_risk_countries())
    for item in told:
        name, place = _table(item)
        try:
            read = read_values(Path(place).read_text(encoding="utf-8"), ListHolds.TEXTS)
        except (OSError, ValueError) as error:
            raise CommandError(f"{place}: {error}") from error
        if read.refused or not read.entries:
            line, reason = read.refused[0] if read.refused else (1, "nothing is in it")
            raise CommandError(f"{place}: line {line}: {reason}")
        found[name] = plain_list(name, list(read.entries))
    return found


def with_progress(items: Iterable[Any], total: int) -> Iterator[Any]:
    """The items, with a bar on standard error where that is a terminal."""
    shown, begun = sys.stderr.isatty(), time.monotonic()
    for number, item in enumerate(items, start=1):
        yield item
        if shown:
            done = _WIDTH * number // total
            left = (time.monotonic() - begun) / number * (total - number)
            sys.stderr.write(f"\r[{'#' * done}{'.' * (_WIDTH - done)}] {number} of {total}, {left:.0f} s left ")
    if shown:
        sys.stderr.write("\n")
