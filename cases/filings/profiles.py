"""Profiles of receivers as the formats take them."""

from cases.filings.formats.base import Format, Profile, all_formats
from cases.filings.models import FilingProfile
from core.exceptions import NotFound


def format_named(code: str) -> Format:
    """The format of this code; raises NotFound for one that no version of the product knows."""
    if code not in all_formats():
        raise NotFound("There is no such format.")
    return all_formats()[code]


def profile_of(row: FilingProfile) -> Profile:
    """What the row says, for the pure formats."""
    return Profile(row.schema.encode(), row.codes, row.defaults)
