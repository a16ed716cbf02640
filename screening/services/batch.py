"""Screening of a file of names: many queries against the active lists, by one process or several."""

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.words import said
from screening import actions
from screening.exceptions import NoActiveList
from screening.lists.base import is_iso_date
from screening.lists.countries import country_code
from screening.matchers import matcher_of_set, merge_set, set_path
from screening.matching import ENGINE_VERSION
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import Query
from screening.matching.policy import DEFAULT_POLICY
from screening.matching.worker import BatchQuery, answer, prepare
from screening.models import ListEntry, ListVersion
from screening.selectors import active_versions

_CHUNK = 50
_UNSAID = "LegalEntity"  # a person or not: everything is looked at


__all__ = ["BatchQuery", "query_of_row", "record_batch", "screen_batch", "versions_of"]


def query_of_row(row: dict[str, str]) -> BatchQuery:
    """A row with `query_id, schema, name, birth_date, nationality, country, id_number, address`; all but the name may be empty."""
    countries = (country_code(row.get(column) or "") for column in ("nationality", "country"))
    facts = PartyFacts(
        schema=row.get("schema") or _UNSAID,
        birth_dates=tuple(filter(is_iso_date, ((row.get("birth_date") or "").strip(),))),
        countries=tuple(dict.fromkeys(code for code in countries if code)),
        id_numbers=tuple(filter(None, (row.get("id_number"),))),
        addresses=tuple(filter(None, (row.get("address"),))),
    )
    return BatchQuery(row.get("query_id") or "", Query((row["name"],), facts))


def versions_of(names: Sequence[str]) -> list[ListVersion]:
    """The active versions of the lists with these names, or of all. Raises NoActiveList where one is missing."""
    versions = [version for version in active_versions() if not names or version.watchlist.name in names]
    missing = sorted(set(names) - {version.watchlist.name for version in versions})
    if missing or not versions:
        raise NoActiveList(
            said("No list is active under {missing}.", missing=", ".join(missing)) if missing else "No list is active."
        )
    return versions


def screen_batch(
    *, queries: Sequence[BatchQuery], versions: Sequence[ListVersion], workers: int = 1
) -> Iterator[dict[str, Any]]:
    """One answer a query, in their order: hits, discounted matches, milliseconds. Nothing is stored.

    Workers are processes of the pure engine that map one index; where a single worker does, it is this process.
    """
    if not matcher_of_set(versions).is_merged:
        merge_set(versions)
    search = partial(answer, set_path(versions))
    if workers <= 1:
        yield from _with_ids(map(search, queries), versions)
        return
    with multiprocessing.get_context("spawn").Pool(workers, prepare, (set_path(versions),)) as pool:
        yield from _with_ids(pool.imap(search, queries, _CHUNK), versions)


def _with_ids(answers: Iterable[dict[str, Any]], versions: Sequence[ListVersion]) -> Iterator[dict[str, Any]]:
    """The answers with the name of each list and the id of each entry, looked up for many answers at once."""
    lists = {str(version.watchlist_id): version for version in versions}
    waiting = iter(answers)
    while chunk := list(islice(waiting, _CHUNK)):
        hits = [hit for found in chunk for hit in (*found["hits"], *found["discounted"])]
        sources: dict[str, set[str]] = {key: set() for key in lists}
        for hit in hits:
            sources[hit["list"]].add(hit["source_id"])
        ids = {key: _entry_ids(lists[key], wanted) for key, wanted in sources.items()}
        for hit in hits:
            hit["entry_id"] = ids[hit["list"]][hit["source_id"]]
            hit["list"] = lists[hit["list"]].watchlist.name
        yield from chunk


def _entry_ids(version: ListVersion, sources: set[str]) -> dict[str, str]:
    rows = ListEntry.objects.filter(version=version, source_id__in=sources) if sources else ListEntry.objects.none()
    return {source: str(pk) for source, pk in rows.values_list("source_id", "pk")}


@transaction.atomic
def record_batch(
    *, versions: Sequence[ListVersion], queries: int, hits: int, discounted: int, result_sha256: str, by: Actor
) -> None:
    """Puts a batch on the record: against what, by which engine, with what result, and the digest of the answers."""
    after = {
        "queries": queries, "hits": hits, "discounted": discounted, "result_sha256": result_sha256,
        "engine": ENGINE_VERSION, "config_sha256": DEFAULT_POLICY.sha256,
        "lists": [f"{version.watchlist.name} v{version.number}" for version in versions],
    }  # fmt: skip
    record(actions.BATCH_SCREENED, by=by, object_type="batch", object_id=result_sha256, stream="batch", after=after)
