"""Screening a customer's parties: matching outside any transaction, storing inside one, found or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from customers.enums import PartyKind
from customers.models import Customer, Party
from customers.selectors import parties_of_customer
from screening import actions
from screening.enums import ScreeningTrigger
from screening.exceptions import NoActiveList
from screening.fingerprints import identity_of, identity_of_party
from screening.lists.base import PERSON
from screening.matchers import matcher_for, search_versions
from screening.matching import ENGINE_VERSION
from screening.matching.evidence import PartyFacts, iso_date
from screening.matching.matcher import RAISED, Match, MatchPolicy, Query
from screening.models import ListVersion, Screening
from screening.selectors import active_versions
from screening.services.checks import ask_providers_of
from screening.services.coverage import cover
from screening.services.hits import keep_hit

POLICY = MatchPolicy()


@dataclass(frozen=True)
class FoundMatch:
    """A match of one party in one list version; `fingerprint` digests the identity of both sides."""

    party_id: UUID
    version_id: UUID
    fingerprint: str
    match: Match


@dataclass(frozen=True)
class Found:
    """Everything one screening found, against which versions, and what it looked for (`queries`, as stored)."""

    versions: tuple[ListVersion, ...]
    parties: int
    matches: tuple[FoundMatch, ...]
    queries: tuple[dict[str, object], ...] = ()

    @property
    def raised(self) -> list[FoundMatch]:
        """Matches that need a person."""
        return [item for item in self.matches if item.match.outcome == RAISED]


def find_matches(customer: Customer) -> Found:
    """Matches of every party of the customer against every active list. Raises NoActiveList: never a silent pass."""
    versions = active_versions()
    if not versions:
        raise NoActiveList("No list is active, so nobody can be screened.")
    return matches_of(parties_of_customer(customer), versions)


def matches_of(parties: Sequence[Party], versions: Sequence[ListVersion]) -> Found:
    """Matches of these parties (with addresses and identifiers prefetched) against these versions."""
    queries = [query_for(party) for party in parties]
    matches = [
        FoundMatch(party.pk, version.pk, _fingerprint(party, version, match), match)
        for party, query in zip(parties, queries, strict=True)
        for version, match in search_versions(versions, query, POLICY)
    ]
    told = tuple({"party": str(party.pk)} | told_query(query) for party, query in zip(parties, queries, strict=True))
    return Found(tuple(versions), len(parties), tuple(matches), told)


def query_for(party: Party) -> Query:
    """The party as the engine takes it."""
    countries = [*party.nationalities, party.country, *(address.country for address in party.addresses.all())]
    facts = PartyFacts(
        schema=PERSON if party.kind == PartyKind.PERSON else "Organization",
        birth_dates=iso_date(party.birth_date),
        countries=tuple(dict.fromkeys(code for code in countries if code)),
        id_numbers=tuple(identifier.value for identifier in party.identifiers.all()),
        gender=party.gender,
    )
    return Query((party.name, *party.aliases), facts)


def told_query(query: Query) -> dict[str, object]:
    """The query as it is stored with a screening."""
    return {"names": list(query.names)} | {name: value for name, value in vars(query.facts).items() if value}


def query_of_told(told: dict[str, object]) -> Query:
    """The query that was stored."""
    facts = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    names = facts.pop("names")
    facts.pop("party", None)
    return Query(names, PartyFacts(**facts))  # type: ignore[arg-type]  # what told_query stored


def screen_customer(
    *, customer: Customer, by: Actor, stream: str = "", trigger: ScreeningTrigger = ScreeningTrigger.PERSON
) -> Screening:
    """Screens the customer's parties and stores what was found. Side effects: those of `store_screening`."""
    return store_screening(customer=customer, found=find_matches(customer), by=by, stream=stream, trigger=trigger)


@transaction.atomic
def store_screening(
    *, customer: Customer, found: Found, by: Actor, stream: str = "",
    trigger: ScreeningTrigger = ScreeningTrigger.WORKFLOW,
) -> Screening:  # fmt: skip
    """Keeps a screening with its hits, and that the customer is covered by these versions.

    A pair that was decided a false positive stays decided while the identity facts on both sides are the same; when
    one of them changed it re-opens. Side effects: the screening, hits made or re-opened with `hit_found` for each,
    suppressions ended, coverage, checks at providers (not for a list alone), an audit entry.
    """
    screening = screening_row(customer.pk, found, trigger)
    screening.save(force_insert=True)
    screening.list_versions.set(found.versions)
    kept = [keep_hit(screening, item, by) for item in found.raised]
    screening.suppressed = kept.count(False)
    screening.save(update_fields=["suppressed"])
    cover([customer.pk], found.versions)
    if trigger != ScreeningTrigger.LIST:
        ask_providers_of(customer.pk)
    versions = [f"{version.watchlist.name} v{version.number}" for version in found.versions]
    after = {
        "parties": found.parties,
        "raised": len(found.raised),
        "suppressed": screening.suppressed,
        "lists": versions,
    }
    record(actions.SCREENED, by=by, object_type="customer", object_id=customer.pk, stream=stream, after=after)
    return screening


def screening_row(customer_id: UUID, found: Found, trigger: ScreeningTrigger) -> Screening:
    """The screening as it is stored, not yet saved."""
    return Screening(
        customer_id=customer_id, engine_version=ENGINE_VERSION, config_sha256=config_hash(), parties=found.parties,
        raised=len(found.raised), found=[told_match(item) for item in found.raised], queries=list(found.queries),
        discounted=[told_match(item) for item in found.matches if item.match.outcome != RAISED], trigger=trigger,
    )  # fmt: skip


def _fingerprint(party: Party, version: ListVersion, match: Match) -> str:
    """The identity facts on both sides: a decision on the pair holds while they do. Remarks and addresses do not count."""
    return party_identity(party) + identity_of(matcher_for(version).entries[match.entry])


def party_identity(party: Party) -> str:
    """The digest of what identifies a party (with its identifiers prefetched)."""
    numbers = (identifier.value for identifier in party.identifiers.all())
    return identity_of_party(
        (party.name, *party.aliases), party.birth_date, (*party.nationalities, party.country), numbers, party.gender
    )


def config_hash() -> str:
    """The digest of every threshold and weight that results depend on."""
    return POLICY.sha256


def told_match(item: FoundMatch) -> dict[str, object]:
    """A match as it is kept: which pair, how near, and what speaks against it."""
    match = item.match
    against = [feature.reason for feature in match.features if feature.weight < 0]
    return {
        "party": str(item.party_id), "version": str(item.version_id), "position": match.entry,
        "similarity": f"{match.similarity:.4f}", "evidence": f"{match.evidence:.2f}", "against": against,
    }  # fmt: skip
