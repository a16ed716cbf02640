"""Screening a customer's parties: matching outside any transaction, storing inside one, found or not."""

import hashlib
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from customers.enums import PartyKind
from customers.models import Customer, Party
from customers.selectors import parties_of_customer
from screening import actions
from screening.enums import HitDisposition, HitState
from screening.exceptions import NoActiveList
from screening.lists.base import PERSON
from screening.matchers import matcher_for
from screening.matching import ENGINE_VERSION
from screening.matching.evidence import PartyFacts, iso_date
from screening.matching.matcher import RAISED, Match, MatchPolicy, Query
from screening.models import Hit, ListEntry, ListVersion, Screening
from screening.selectors import active_versions
from screening.signals import hit_found

_POLICY = MatchPolicy()


@dataclass(frozen=True)
class FoundMatch:
    """A match of one party in one list version."""

    party_id: UUID
    version_id: UUID
    fingerprint: str
    match: Match


@dataclass(frozen=True)
class Found:
    """Everything one screening found, and against which versions."""

    versions: tuple[ListVersion, ...]
    parties: int
    matches: tuple[FoundMatch, ...]


def find_matches(customer: Customer) -> Found:
    """Matches of every party of the customer against every active list. Raises NoActiveList: never a silent pass."""
    versions = active_versions()
    if not versions:
        raise NoActiveList("No list is active, so nobody can be screened.")
    parties = parties_of_customer(customer)
    matches = [
        FoundMatch(party.pk, version.pk, _fingerprint(party, version, match), match)
        for party in parties
        for version in versions
        for match in matcher_for(version).search(query_for(party), _POLICY)
    ]
    return Found(tuple(versions), len(parties), tuple(matches))


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


def match_name(query: Query) -> list[tuple[ListVersion, ListEntry, Match]]:
    """Matches of a name against every active list, without storing anything. Raises NoActiveList."""
    versions = active_versions()
    if not versions:
        raise NoActiveList("No list is active, so nobody can be screened.")
    found = [(version, match) for version in versions for match in matcher_for(version).search(query, _POLICY)]
    return [(version, ListEntry.objects.get(version=version, position=match.entry), match) for version, match in found]


def screen_customer(*, customer: Customer, by: Actor, stream: str = "") -> Screening:
    """Screens the customer's parties and stores what was found. Side effects: those of `store_screening`."""
    return store_screening(customer=customer, found=find_matches(customer), by=by, stream=stream)


@transaction.atomic
def store_screening(*, customer: Customer, found: Found, by: Actor, stream: str = "") -> Screening:
    """Keeps a screening with its hits.

    A pair that was decided a false positive stays decided while the identity facts on both sides are the same; when
    one of them changed it re-opens. Side effects: the screening, hits made or re-opened with `hit_found` for each, an
    audit entry.
    """
    raised = [item for item in found.matches if item.match.outcome == RAISED]
    screening = Screening.objects.create(
        customer=customer, engine_version=ENGINE_VERSION, config_sha256=_config_hash(), parties=found.parties,
        raised=len(raised), discounted=[_told(item) for item in found.matches if item.match.outcome != RAISED],
    )  # fmt: skip
    screening.list_versions.set(found.versions)
    kept = [_keep_hit(screening, item) for item in raised]
    screening.suppressed = kept.count(False)
    screening.save(update_fields=["suppressed"])
    versions = [f"{version.watchlist.name} v{version.number}" for version in found.versions]
    after = {"parties": found.parties, "raised": len(raised), "suppressed": screening.suppressed, "lists": versions}
    record(actions.SCREENED, by=by, object_type="customer", object_id=customer.pk, stream=stream, after=after)
    return screening


def _keep_hit(screening: Screening, item: FoundMatch) -> bool:
    """The hit of this pair, new, still open or re-opened; False where an earlier decision still stands."""
    entry = ListEntry.objects.select_related("version").get(version_id=item.version_id, position=item.match.entry)
    pair = {"party_id": item.party_id, "watchlist_id": entry.version.watchlist_id, "source_id": entry.source_id}
    hit = Hit.objects.filter(**pair).first() or Hit(customer_id=screening.customer_id, **pair)
    decided = hit.state == HitState.DISPOSED
    if decided and (hit.fingerprint == item.fingerprint or hit.disposition == HitDisposition.TRUE_MATCH):
        return False
    match = item.match
    hit.entry, hit.screening, hit.fingerprint = entry, screening, item.fingerprint
    hit.query_name, hit.listed_name = match.query_name, match.listed_name[:500]
    hit.similarity, hit.evidence = f"{match.similarity:.4f}", f"{match.evidence:.2f}"
    hit.alignment, hit.features = list(match.alignment), [asdict(feature) for feature in match.features]
    hit.state, hit.disposition = HitState.OPEN, ""
    hit.save()
    hit_found.send(Hit, hit_id=hit.pk, customer_id=hit.customer_id)
    return True


def _fingerprint(party: Party, version: ListVersion, match: Match) -> str:
    """The identity facts on both sides: a decision on the pair holds while they do. Remarks and addresses do not count."""
    entry = matcher_for(version).entries[match.entry]
    mine = (party.name, sorted(party.aliases), party.birth_date, sorted(party.nationalities), party.country)
    numbers = sorted(identifier.value for identifier in party.identifiers.all())
    theirs = (entry.all_names, entry.birth_dates, entry.countries, entry.id_numbers, entry.programs)
    return hashlib.sha256(repr((mine, numbers, theirs)).encode()).hexdigest()


def _config_hash() -> str:
    return _POLICY.sha256


def _told(item: FoundMatch) -> dict[str, object]:
    """A discounted match as it is kept: which pair, how near, and what talked it down."""
    match = item.match
    against = [feature.reason for feature in match.features if feature.weight < 0]
    return {
        "party": str(item.party_id), "version": str(item.version_id), "position": match.entry,
        "similarity": f"{match.similarity:.4f}", "evidence": f"{match.evidence:.2f}", "against": against,
    }  # fmt: skip
