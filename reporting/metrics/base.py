"""What a figure is: a table of rows that its chart and its CSV show alike, within a scope."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import get_current_timezone

from core.clock import today

PERIODS = (7, 30, 90, 365)
Cell = str | int | float | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Scope:
    """For whom, of how many days up to now, and of which queue's customers and cases (None: of all)."""

    principal: Any
    days: int = 30
    queue: UUID | None = None

    @property
    def first(self) -> date:
        return today() - timedelta(days=self.days)

    @property
    def since(self) -> datetime:
        """The beginning of the first day."""
        return datetime.combine(self.first, time.min, tzinfo=get_current_timezone())

    @property
    def every_day(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(self.days + 1)]


@dataclass(frozen=True)
class Metric:
    """`header` names the columns; the first is the category, the others are numbers, None where there is none.

    `chart` is how the columns named in `drawn` (empty: all) are shown: `bar`, `stack` or `line`. `sentence` says what
    it comes to; `note` says how it was counted.
    """

    code: str
    title: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: str = "bar"
    drawn: tuple[str, ...] = ()
    sentence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A metric that can be computed: its code and title are known before."""

    code: str
    title: str
    compute: Callable[[Scope], Metric]


def percent(part: int, whole: int) -> int | None:
    """A share in percent; None of nothing."""
    return round(100 * part / whole) if whole else None
