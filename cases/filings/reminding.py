"""Of which clocks somebody is reminded now: of filing, of reviewing whether the activity goes on, of reporting it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.filings.models import Filing
from cases.filings.selectors import continuing_reviews, open_filings

_SOON, _VERY_SOON, _LONG_AGO = 14, 3, -30


@dataclass(frozen=True)
class Reminder:
    """A clock of a filing that is near its end (`stage` 14 or 3, in days) or, for a month, past it (0). Each is told once."""

    filing: Filing
    clock: str
    due_on: date
    stage: int

    @property
    def key(self) -> str:
        """The same whenever the same is told again."""
        return f"{self.filing.pk}:{self.clock}:{self.due_on:%Y%m%d}:{self.stage}"


def reminders(on: date) -> Iterator[Reminder]:
    """Every clock that has come near or passed by this day, at its present stage.

    31 CFR 1020.320(b)(3): 30 or 60 days to file; FinCEN's FAQ 16 of 2012: review after 90, report again by 120.
    """
    for filing in open_filings().select_related("case", "author"):
        yield from _told(filing, "file", filing.due_on, on)
    for filing, clocks in continuing_reviews():
        if clocks.review_on:
            yield from _told(filing, "review", clocks.review_on, on)
        if clocks.continuing_due_on:
            yield from _told(filing, "continue", clocks.continuing_due_on, on)


def _told(filing: Filing, clock: str, due_on: date, on: date) -> Iterator[Reminder]:
    left = (due_on - on).days
    if left < _LONG_AGO:
        return
    stage = 0 if left < 0 else next((days for days in (_VERY_SOON, _SOON) if left <= days), None)
    if stage is not None:
        yield Reminder(filing, clock, due_on, stage)
