"""What every goAML report must say before any schema is asked."""

from collections.abc import Iterator
from datetime import date

from cases.filings.form.narrative import unmarked
from cases.filings.form.shapes import FilingData
from cases.filings.form.text import plain
from core.exceptions import Fault
from core.words import said

_SHORTEST = 100


def broken_rules(data: FilingData, filed_on: date) -> list[Fault]:
    """Everything that keeps the report from being filed, in the order of the form."""
    return list(_broken(data, filed_on))


def _broken(data: FilingData, filed_on: date) -> Iterator[Fault]:
    if not data.report.code:
        yield Fault("/report/code", "must be chosen")
    if not data.institution.entity_id.isdecimal():
        yield Fault("/institution/entity_id", "must be the number that the FIU gave you")
    if not data.subjects:
        yield Fault("/subjects", "is empty", "add a subject, of the kind “unknown” where nobody is identified")
    if not data.activity.indicators:
        yield Fault("/activity/indicators", "is empty", "choose at least one")
    for name in ("from_on", "to_on"):
        if (getattr(data.activity, name) or filed_on) > filed_on:
            yield Fault(f"/activity/{name}", "is in the future")
    if len(plain(unmarked(data.narrative))) < _SHORTEST:
        yield Fault(
            "/narrative/text",
            "is too short",
            said("at least {shortest} characters: who, what, when, where, why and how", shortest=_SHORTEST),
        )
