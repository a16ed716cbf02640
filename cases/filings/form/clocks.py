"""The clocks of a filing, in calendar days.

31 CFR 1020.320(b)(3): 30 days from initial detection, 60 where no suspect was identified by then. Continuing activity:
FinCEN SAR guidance (FAQ of March 2012, number 16): a review of 90 days, filed within 120 days of the report before.
Initial detection is the conclusion that there is reason to suspect, not the alert (The SAR Activity Review 1, 2000).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core.words import said

WITH_SUSPECT, WITHOUT_SUSPECT = 30, 60
REVIEW, CONTINUING = 90, 120


@dataclass(frozen=True)
class Clocks:
    """When it was detected, by when it must be filed, and by when continuing activity is reviewed and reported again."""

    detected_on: date
    due_on: date
    days: int
    why: str
    review_on: date | None = None
    continuing_due_on: date | None = None

    def days_left(self, today: date) -> int:
        """Days until the filing is due; negative when it is late."""
        return (self.due_on - today).days


def clocks(
    detected_on: date,
    *,
    suspect_known: bool,
    continues_on: date | None = None,
    filed_on: date | None = None,
    days: int = 0,
) -> Clocks:
    """The clocks of a filing detected on a day; `continues_on`: when the report it continues was filed.

    `days` is what the receiver's profile allows instead (0: FinCEN's own rule).
    """
    if continues_on is not None:
        due, allowed = continues_on + timedelta(CONTINUING), CONTINUING
        why = f"continuing activity: {CONTINUING} days after the report of {continues_on:%Y-%m-%d}"
    elif days:
        due, allowed, why = detected_on + timedelta(days), days, f"{days} days, as the receiver's profile says"
    else:
        allowed = WITH_SUSPECT if suspect_known else WITHOUT_SUSPECT
        due = detected_on + timedelta(allowed)
        why = (
            said("{allowed} days: a suspect is known", allowed=allowed)
            if suspect_known
            else said("{allowed} days: a suspect is not known", allowed=allowed)
        )
    if filed_on is None:
        return Clocks(detected_on, due, allowed, why)
    return Clocks(detected_on, due, allowed, why, filed_on + timedelta(REVIEW), filed_on + timedelta(CONTINUING))
