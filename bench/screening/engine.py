"""Our engine as the bench asks it."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path

from bench.screening.corpus import Lists
from screening.matching.evidence import PartyFacts
from screening.matching.index import build_index, load_index, save_index
from screening.matching.matcher import RAISED, ListMatcher, MatchPolicy, Query

_POLICY = MatchPolicy()


@dataclass
class Engine:
    """A matcher a list."""

    matchers: dict[str, ListMatcher]

    def raised(
        self, name: str, schema: str, *, tell: bool = False, birth_date: str = "", country: str = ""
    ) -> tuple[set[tuple[str, str]], float]:
        """(list, source id) of every raised match, and the CPU seconds it took."""
        facts = PartyFacts(schema, tuple(filter(None, (birth_date,))), tuple(filter(None, (country,))))
        before = time.process_time()
        found = [
            (title, matcher, match)
            for title, matcher in self.matchers.items()
            for match in matcher.search(Query((name,), facts), _POLICY)
            if match.outcome == RAISED
        ]
        spent = time.process_time() - before
        if tell:
            for title, _, match in found:
                print(
                    f"alarm {match.similarity:.3f} {match.evidence:+.2f} {name} / {match.listed_name} [{title}] {match.alignment}"
                )
        return {(title, matcher.entries[match.entry].source_id) for title, matcher, match in found}, spent


def load(lists: Lists, folder: Path) -> tuple[list[tuple[str, str, str]], Engine]:
    """Builds, saves and loads the index of every list."""
    started, matchers, loading = time.process_time(), {}, 0.0
    for title, entries in lists.items():
        index = build_index((number, entry.all_names) for number, entry in enumerate(entries))
        save_index(index, folder / title)
        before = time.process_time()
        matchers[title] = ListMatcher(entries, load_index(folder / title))
        loading += time.process_time() - before
    names = sum(len(matcher.index.names) for matcher in matchers.values())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return [
        ("index built, then loaded", f"{time.process_time() - started - loading:.1f} s, {loading:.2f} s", f"{names} names"),
        ("index on disk", f"{size:.0f} MB", f"peak memory of this process, which parses the lists too: {resident:.0f} MB"),
    ], Engine(matchers)  # fmt: skip


def delta(engine: Engine, lists: Lists) -> list[tuple[str, str, str]]:
    """The time until 500 changed entries are screened against: a whole index of the largest list."""
    title = max(lists, key=lambda one: len(lists[one]))
    before = time.process_time()
    ListMatcher(lists[title])
    return [("delta of 500 entries", f"{time.process_time() - before:.2f} s", "the list's index built again")]
