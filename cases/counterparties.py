"""Screening the names of counterparties for monitoring: both are controls, and only this floor knows the two."""

from collections.abc import Collection, Mapping

from monitoring.counterparties import Said, register_name_screening
from screening.exceptions import NoActiveList
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import RAISED, Query
from screening.services import EntryMatch, match_names


def screen_names(names: Collection[str]) -> Mapping[str, Said]:
    """Kinds of the lists on which each name is found, and the best score; nothing where no list is active: no silent pass."""
    asked = sorted(names)
    try:
        found = match_names([Query((name,), PartyFacts("")) for name in asked])
    except NoActiveList:
        return {}
    return {
        name: _said([row for row in rows if row.match.outcome == RAISED])
        for name, rows in zip(asked, found, strict=True)
    }


def _said(raised: list[EntryMatch]) -> Said:
    topics = sorted({row.version.watchlist.kind for row in raised})
    return ";".join(topics), max((row.score for row in raised), default=0.0)


register_name_screening(screen_names)
