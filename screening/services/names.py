"""Looking names up without storing anything: for the REST API, counterparties of transactions, clients of yente."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from screening.exceptions import NoActiveList
from screening.matchers import search_versions
from screening.matching.matcher import Match, Query
from screening.models import ListEntry, ListVersion
from screening.selectors import active_versions
from screening.services.screen import POLICY


@dataclass(frozen=True)
class EntryMatch:
    """A match with the entry it is of and the version that holds it."""

    version: ListVersion
    entry: ListEntry
    match: Match

    @property
    def score(self) -> float:
        """Similarity and evidence as one figure, 0 to 1."""
        return round(max(0.0, min(1.0, self.match.similarity + self.match.evidence)), 4)


def match_names(queries: Sequence[Query], versions: Sequence[ListVersion] | None = None) -> list[list[EntryMatch]]:
    """Matches of each query against the active lists (or these versions), raised ones first, the likeliest first.

    Nothing is stored; entries are read at once for all queries. Raises NoActiveList: never a silent pass.
    """
    against = active_versions() if versions is None else list(versions)
    if not against:
        raise NoActiveList("No list is active, so nobody can be screened.")
    found = [search_versions(against, query, POLICY) for query in queries]
    wanted: dict[UUID, set[int]] = {}
    for version, match in (pair for pairs in found for pair in pairs):
        wanted.setdefault(version.pk, set()).add(match.entry)
    entries = {
        (row.version_id, row.position): row
        for pk, positions in wanted.items() for row in ListEntry.objects.filter(version=pk, position__in=positions)
    }  # fmt: skip
    rows = [
        [EntryMatch(version, entries[version.pk, match.entry], match) for version, match in pairs] for pairs in found
    ]
    return [sorted(row, key=lambda item: (item.match.outcome != "raised", -item.score)) for row in rows]
