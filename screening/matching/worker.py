"""A process that answers queries of a batch: it maps the index that all processes share and knows nothing of Django."""

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from screening.matching.matcher import RAISED, ListMatcher, Match, Query
from screening.matching.policy import DEFAULT_POLICY, MatchPolicy


@dataclass(frozen=True)
class BatchQuery:
    """One row of a batch: who is looked for, and the caller's own id."""

    query_id: str
    query: Query


_matchers: dict[Path, ListMatcher] = {}


def prepare(path: Path) -> None:
    """Maps the index in `path` and reads its words."""
    if path not in _matchers:
        _matchers[path] = ListMatcher.load(path)
        len(_matchers[path].index.words.tokens)


def answer(path: Path, item: BatchQuery, policy: MatchPolicy = DEFAULT_POLICY) -> dict[str, Any]:
    """The answer to one query as it is written out; `entry_id` is left to whoever has the database."""
    prepare(path)
    before = time.perf_counter()
    found = [told(match) for match in _matchers[path].search(item.query, policy)]
    return {
        "query_id": item.query_id,
        "hits": [match for match in found if match["raised"]],
        "discounted": [match for match in found if not match["raised"]],
        "milliseconds": round((time.perf_counter() - before) * 1000, 3),
    }


def told(match: Match) -> dict[str, Any]:
    """A match with all its reasons; `list` is the key of the list in the index."""
    return {
        "source_id": match.source_id, "list": match.list_key, "name": match.listed_name, "similarity": match.similarity,
        "evidence": match.evidence, "raised": match.outcome == RAISED,
        "reasons": {
            "query_name": match.query_name, "alignment": match.alignment,
            "features": [asdict(feature) for feature in match.features],
        },
    }  # fmt: skip
