"""Screening of a file of names: many queries against the active lists, by one process or several."""

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connections, transaction

from audit.services import record
from core.actor import Actor
from screening import actions
from screening.exceptions import NoActiveList
from screening.lists.base import PERSON
from screening.lists.countries import country_code
from screening.matchers import matcher_for
from screening.matching import ENGINE_VERSION
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import RAISED, Match, MatchPolicy, Query
from screening.models import ListEntry, ListVersion
from screening.selectors import active_versions

_POLICY = MatchPolicy()
_CHUNK = 100


@dataclass(frozen=True)
class BatchQuery:
    """One row of a batch: who is looked for, and the caller's own id."""

    query_id: str
    query: Query


@dataclass(frozen=True)
class _Found:
    query_id: str
    milliseconds: float
    matches: tuple[tuple[int, Match], ...]


def query_of_row(row: dict[str, str]) -> BatchQuery:
    """A row with `query_id, schema, name, birth_date, nationality, country, id_number, address`; all but the name may be empty."""
    countries = (country_code(row.get(column) or "") for column in ("nationality", "country"))
    facts = PartyFacts(
        schema=row.get("schema") or PERSON,
        birth_dates=tuple(filter(None, (row.get("birth_date"),))),
        countries=tuple(dict.fromkeys(code for code in countries if code)),
        id_numbers=tuple(filter(None, (row.get("id_number"),))),
    )
    return BatchQuery(row.get("query_id") or "", Query((row["name"],), facts))


def versions_of(names: Sequence[str]) -> list[ListVersion]:
    """The active versions of the lists with these names, or of all. Raises NoActiveList where one is missing."""
    versions = [version for version in active_versions() if not names or version.watchlist.name in names]
    missing = sorted(set(names) - {version.watchlist.name for version in versions})
    if missing or not versions:
        raise NoActiveList(f"No list is active under {', '.join(missing)}." if missing else "No list is active.")
    return versions


def screen_batch(
    *, queries: Sequence[BatchQuery], versions: Sequence[ListVersion], workers: int = 1
) -> Iterator[dict[str, Any]]:
    """One answer a query, in their order: hits, discounted matches, milliseconds. Nothing is stored."""
    for found in _searched(queries, versions, workers):
        ids = _entry_ids(versions, found)
        told = [_told(versions, match, ids[place, match.entry], place) for place, match in found.matches]
        yield {
            "query_id": found.query_id,
            "hits": [hit for hit in told if hit["raised"]],
            "discounted": [hit for hit in told if not hit["raised"]],
            "milliseconds": round(found.milliseconds, 3),
        }


@transaction.atomic
def record_batch(
    *, versions: Sequence[ListVersion], queries: int, hits: int, discounted: int, result_sha256: str, by: Actor
) -> None:
    """Puts a batch on the record: against what, by which engine, with what result, and the digest of the answers."""
    after = {
        "queries": queries, "hits": hits, "discounted": discounted, "result_sha256": result_sha256,
        "engine": ENGINE_VERSION, "lists": [f"{version.watchlist.name} v{version.number}" for version in versions],
    }  # fmt: skip
    record(actions.BATCH_SCREENED, by=by, object_type="batch", object_id=result_sha256, stream="batch", after=after)


def _searched(queries: Sequence[BatchQuery], versions: Sequence[ListVersion], workers: int) -> Iterator[_Found]:
    _held[:] = [matcher_for(version) for version in versions]
    if workers <= 1:
        yield from map(_search, queries)
        return
    connections.close_all()  # a connection must not be shared with a child
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_search, queries, _CHUNK)


_held: list[Any] = []


def _search(item: BatchQuery) -> _Found:
    before = time.perf_counter()
    matches = tuple(
        (place, match) for place, matcher in enumerate(_held) for match in matcher.search(item.query, _POLICY)
    )
    return _Found(item.query_id, (time.perf_counter() - before) * 1000, matches)


def _entry_ids(versions: Sequence[ListVersion], found: _Found) -> dict[tuple[int, int], tuple[str, str, str]]:
    rows = {}
    for place, match in found.matches:
        entry = ListEntry.objects.get(version=versions[place], position=match.entry)
        rows[place, match.entry] = (str(entry.pk), entry.source_id, entry.name)
    return rows


def _told(versions: Sequence[ListVersion], match: Match, entry: tuple[str, str, str], place: int) -> dict[str, Any]:
    entry_id, source_id, name = entry
    return {
        "entry_id": entry_id, "source_id": source_id, "list": versions[place].watchlist.name, "name": name,
        "similarity": match.similarity, "evidence": match.evidence, "raised": match.outcome == RAISED,
        "reasons": {
            "matched_name": match.listed_name, "alignment": match.alignment,
            "features": [asdict(feature) for feature in match.features],
        },
    }  # fmt: skip
