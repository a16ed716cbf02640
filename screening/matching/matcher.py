"""One query against lists: candidate names from the index, the best name of each entry, evidence, and what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from screening.lists.base import ListedParty
from screening.matching.evidence import Evidence, PartyFacts, compare, rarity, total
from screening.matching.index import NameIndex, build_index, load_index, save_index
from screening.matching.index.entries import Entries, is_person, is_unsaid
from screening.matching.index.names import LONGEST_WORD, OTHERS, PEOPLE
from screening.matching.normalise import tokens_of
from screening.matching.policy import DEFAULT_POLICY, MatchPolicy
from screening.matching.scorer import NameScore, score_names

__all__ = ["DISCOUNTED", "RAISED", "ListMatcher", "Match", "MatchPolicy", "Query"]
RAISED, DISCOUNTED = "raised", "discounted"
_WEAK = "a weak alias of the entry"


@dataclass(frozen=True)
class Query:
    """Who is looked for."""

    names: tuple[str, ...]
    facts: PartyFacts


@dataclass(frozen=True)
class Match:
    """An entry, the name that matched, both axes with their reasons, and the outcome (`raised` or `discounted`).

    `entry` is the number in `ListMatcher.entries`, `list_key` the list it is on, `source_id` the issuer's own id.
    """

    entry: int
    query_name: str
    listed_name: str
    similarity: float
    evidence: float
    outcome: str
    alignment: tuple[str, ...]
    features: tuple[Evidence, ...]
    list_key: str = ""
    source_id: str = ""
    weak: bool = False

    def without(self, feature: str, policy: MatchPolicy = DEFAULT_POLICY) -> str:
        """The outcome if `feature` were not known: `raised`, `discounted`, or empty where there would be no match."""
        left = total(tuple(item for item in self.features if item.feature != feature))
        return outcome_of(self.similarity, left, policy, weak=self.weak)


def outcome_of(similarity: float, evidence: float, policy: MatchPolicy, *, weak: bool) -> str:
    """Raised by name and evidence together; a name near enough to be raised that evidence talks down is discounted."""
    enough = policy.weak_from if weak else policy.raise_from
    if similarity + evidence >= enough and (
        similarity >= policy.near_from or evidence >= policy.evidence.same_id - 0.5
    ):
        return RAISED
    return DISCOUNTED if similarity >= max(policy.exact_from, enough) else ""


class ListMatcher:
    """Lists with their index. Safe to share between threads: it never changes; `with_delta` gives another one.

    `base` is one file that all processes share; `recent` holds what was added since, and `gone` the numbers of entries of
    the base that are no longer listed.
    """

    def __init__(
        self, entries: Iterable[ListedParty] = (), index: NameIndex | None = None, *, recent: NameIndex | None = None,
        gone: frozenset[int] = frozenset(), key: str = "",
    ) -> None:  # fmt: skip
        self.index = index or build_index([(key, entries)])
        self.recent, self.gone = recent, gone
        self._parts = [(self.index, 0)] + ([(recent, self.index.entry_count)] if recent else [])
        self.entries = Entries([part for part, _ in self._parts])

    @classmethod
    def of_lists(cls, lists: Iterable[tuple[str, Iterable[ListedParty]]]) -> "ListMatcher":
        """A matcher over several lists, each under its key."""
        return cls(index=build_index(lists))

    @classmethod
    def load(cls, path: Path) -> "ListMatcher":
        """The matcher saved in `path`. Raises FileNotFoundError, IndexUnreadable."""
        return cls(index=load_index(path))

    def save(self, path: Path) -> None:
        """Keeps the base index in `path`; what a delta added is not in it."""
        save_index(self.index, path)

    def with_delta(self, list_key: str, added: Iterable[ListedParty], removed: Iterable[str] = ()) -> "ListMatcher":
        """Another matcher with entries of a list added or changed and others (by source id) gone; the base is shared."""
        parties = list(added)
        dropped = {*removed, *(party.source_id for party in parties)}
        gone = self.gone | {number for key in dropped if (number := self.index.entry_of(list_key, key)) is not None}
        recent: dict[str, list[ListedParty]] = {list_key: []}
        for number in range(self.index.entry_count, len(self.entries)):
            key, party = self.entries.with_key(number)
            if key != list_key or party.source_id not in dropped:
                recent.setdefault(key, []).append(party)
        recent[list_key] += parties
        return ListMatcher(index=self.index, recent=build_index(recent.items()), gone=gone)

    def search(self, query: Query, policy: MatchPolicy = DEFAULT_POLICY) -> list[Match]:
        """Raised and discounted matches, raised and likely ones first."""
        kinds = (
            PEOPLE | OTHERS if is_unsaid(query.facts.schema) else PEOPLE if is_person(query.facts.schema) else OTHERS
        )
        best: dict[int, _Best] = {}
        for name in query.names:
            tokens = tuple(token[:LONGEST_WORD] for token in tokens_of(name))
            for part, first in self._parts:
                self._look(part, first, name, tokens, policy, kinds, best)
        for number in self._numbered(query):
            best.setdefault(number, self._best_name(number, query, policy))
        found = (self._judged(number, one, query, policy) for number, one in best.items())
        matches = [match for match in found if match is not None]
        return sorted(matches, key=lambda match: (match.outcome != RAISED, -match.similarity, -match.evidence))

    def _look(
        self, part: NameIndex, first: int, name: str, tokens: tuple[str, ...], policy: MatchPolicy, kinds: int,
        best: dict[int, "_Best"],
    ) -> None:  # fmt: skip
        for row in part.rows_like(tokens, policy, kinds):
            score = score_names(tokens, part.tokens_of_row(row), self.index.words, policy.names)
            if score.similarity < policy.near_from:
                continue
            for entry, spelled in part.bearers_of_row(row):
                number = first + entry
                if number not in self.gone and (number not in best or score.similarity > best[number].score.similarity):
                    best[number] = _Best(score, name, spelled)

    def _numbered(self, query: Query) -> set[int]:
        """Entries with an id number of the query."""
        found = {
            first + entry
            for part, first in self._parts for number in query.facts.id_numbers for entry in part.entries_with_number(number)
        }  # fmt: skip
        return found - self.gone

    def _best_name(self, number: int, query: Query, policy: MatchPolicy) -> "_Best":
        """How near the names of an entry are that was found by its number."""
        scored = [
            _Best(score_names(tokens_of(name), tokens_of(listed), self.index.words, policy.names), name, spelled)
            for name in query.names for spelled, listed in enumerate(self.entries[number].all_names)
        ]  # fmt: skip
        return max(scored, key=lambda one: one.score.similarity)

    def _judged(self, number: int, one: "_Best", query: Query, policy: MatchPolicy) -> Match | None:
        key, party = self.entries.with_key(number)
        if not comparable(query.facts.schema, party.schema):
            return None
        listed = PartyFacts(
            party.schema, party.birth_dates, party.countries, party.id_numbers, party.gender, party.addresses
        )
        features = (*compare(query.facts, listed, policy.evidence), rarity(one.score.surprise, policy.evidence))
        evidence = round(total(features), 4)
        names = party.all_names
        weak = one.spelled >= len(names) - len(set(party.weak_aliases) - {party.name, *party.aliases})
        outcome = outcome_of(one.score.similarity, evidence, policy, weak=weak)
        if not outcome:
            return None
        words = tuple(part.words for part in one.score.alignment)
        return Match(
            entry=number, query_name=one.query_name, listed_name=names[one.spelled], similarity=one.score.similarity,
            evidence=evidence, outcome=outcome, alignment=(*words, _WEAK) if weak else words, features=features,
            list_key=key, source_id=party.source_id, weak=weak,
        )  # fmt: skip


@dataclass(frozen=True)
class _Best:
    score: NameScore
    query_name: str
    spelled: int


def comparable(query: str, listed: str) -> bool:
    """A person is not an organisation; where one side does not say, everything is comparable."""
    return is_unsaid(query) or is_unsaid(listed) or is_person(query) == is_person(listed)
