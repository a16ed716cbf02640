"""One query against one list: candidates from the index, the best alias of each entry, evidence, and what follows."""

from dataclasses import dataclass

from screening.lists.base import PERSON, ListedParty
from screening.matching.evidence import Evidence, PartyFacts, compare, total
from screening.matching.index import NameIndex, build_index
from screening.matching.normalise import tokens_of
from screening.matching.scorer import NameScore, score_names

RAISED, DISCOUNTED = "raised", "discounted"


@dataclass(frozen=True)
class MatchPolicy:
    """`similar_from` raises a hit by name alone; from `near_from` on evidence for it raises one; `against` talks one down.

    A name that evidence talks down is never dropped silently: it is recorded as discounted. Weak aliases need `weak_from`.
    """

    similar_from: float = 0.86
    near_from: float = 0.78
    supported_by: float = 0.25
    against: float = -0.4
    weak_from: float = 0.95


@dataclass(frozen=True)
class Query:
    """Who is looked for."""

    names: tuple[str, ...]
    facts: PartyFacts


@dataclass(frozen=True)
class Match:
    """An entry, the name that matched, both axes with their reasons, and the outcome (`raised` or `discounted`)."""

    entry: int
    query_name: str
    listed_name: str
    similarity: float
    evidence: float
    outcome: str
    alignment: tuple[str, ...]
    features: tuple[Evidence, ...]


class ListMatcher:
    """The entries of one list version with their index. Safe to share between threads: it never changes."""

    def __init__(self, entries: tuple[ListedParty, ...], index: NameIndex | None = None) -> None:
        self.entries = entries
        self.index = index or build_index((number, entry.all_names) for number, entry in enumerate(entries))
        self._facts = [
            PartyFacts(entry.schema, entry.birth_dates, entry.countries, entry.id_numbers, entry.gender)
            for entry in entries
        ]
        self._weak = [frozenset(tokens_of(name) for name in entry.weak_aliases) for entry in entries]

    def search(self, query: Query, policy: MatchPolicy) -> list[Match]:
        """Raised and discounted matches, raised and likely ones first."""
        best: dict[int, tuple[NameScore, str, tuple[str, ...]]] = {}
        for name in query.names:
            tokens = tokens_of(name)
            for position in self.index.candidates(tokens):
                listed = self.index.names[position]
                score = score_names(tokens, listed, self.index.idf)
                if score.similarity < policy.near_from:
                    continue
                for number in self.index.entries[position]:
                    if number not in best or score.similarity > best[number][0].similarity:
                        best[number] = (score, name, listed)
        found = [self._judged(number, *parts, query, policy) for number, parts in best.items()]
        matches = [match for match in found if match is not None]
        return sorted(matches, key=lambda match: (match.outcome != RAISED, -match.similarity, -match.evidence))

    def _judged(
        self, number: int, score: NameScore, name: str, listed: tuple[str, ...], query: Query, policy: MatchPolicy
    ) -> Match | None:
        if not _comparable(query.facts.schema, self.entries[number].schema):
            return None
        features = compare(query.facts, self._facts[number])
        evidence = total(features)
        weak = listed in self._weak[number]
        outcome = _outcome(score.similarity, evidence, policy, weak=weak)
        if not outcome:
            return None
        words = tuple(part.words for part in score.alignment)
        return Match(
            entry=number, query_name=name, listed_name=self._spelled(number, listed), similarity=score.similarity,
            evidence=round(evidence, 2), outcome=outcome,
            alignment=(*words, "a weak alias of the entry") if weak else words, features=features,
        )  # fmt: skip

    def _spelled(self, number: int, tokens: tuple[str, ...]) -> str:
        """The name as the list prints it."""
        entry = self.entries[number]
        return next((name for name in entry.all_names if tokens_of(name) == tokens), entry.name)


def _outcome(similarity: float, evidence: float, policy: MatchPolicy, *, weak: bool) -> str:
    """A hit by its name, or by a near name that evidence supports; a name that evidence talks down is discounted."""
    enough = policy.weak_from if weak else policy.similar_from
    if similarity >= enough:
        return RAISED if evidence > policy.against else DISCOUNTED
    return RAISED if evidence >= policy.supported_by else ""


def _comparable(query: str, listed: str) -> bool:
    """A person is not an organisation; where the query does not say, everything is comparable."""
    return not query or (query == PERSON) == (listed == PERSON)
