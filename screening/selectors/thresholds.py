"""Stored hits and discounted matches, read for the threshold sweep."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from core.clock import now
from customers.models import Customer, Party
from screening.enums import HitDisposition
from screening.matching.policy import DEFAULT_POLICY
from screening.matching.sweep import Judged, SweepRow, swept
from screening.models import Hit, ListEntry, Screening
from screening.selectors.lists import PROVIDER

MOST_HITS = 20_000
MOST_SCREENINGS = 5_000
MOST_DISCOUNTED = 5_000
SAMPLE = 10
IN_FORCE = Decimal(str(DEFAULT_POLICY.raise_from))
_FIELDS = ("pk", "customer_id", "party_id", "watchlist__name", "source_id", "similarity", "evidence", "disposition")


@dataclass(frozen=True)
class StoredPair:
    """A party and a listed entry that the engine compared. `hit` is None where the match was discounted."""

    customer: UUID
    party: UUID
    list_name: str
    source_id: str
    similarity: Decimal
    evidence: Decimal
    hit: UUID | None = None
    disposition: str = ""

    @property
    def score(self) -> Decimal:
        """Similarity and evidence together, which the threshold is set against."""
        return self.similarity + self.evidence

    @property
    def decided(self) -> str:
        """What people decided of it, in words."""
        return HitDisposition(self.disposition).label if self.disposition else "open" if self.hit else "discounted"

    @property
    def judged(self) -> Judged:
        """The pair as the sweep takes it."""
        true, false = (self.disposition == one for one in (HitDisposition.TRUE_MATCH, HitDisposition.FALSE_POSITIVE))
        return Judged(self.score, raised=self.hit is not None, true_match=true, false_positive=false)


@dataclass(frozen=True)
class ShownPair:
    """A pair of the sample with what it is shown by: `reference` of the customer, `name` of the party."""

    pair: StoredPair
    reference: str
    name: str


@dataclass(frozen=True)
class Sweep:
    """What each threshold would have raised since `since`, and samples of what `raise_at` would gain and lose.

    `cut`: there was more than is read at once, so that `since` is later than was asked for.
    """

    since: datetime
    cut: bool
    raise_at: Decimal
    rows: list[SweepRow]
    gained: list[ShownPair]
    lost: list[ShownPair]


def threshold_sweep(*, raise_at: Decimal, days: int) -> Sweep:
    """The sweep over what was stored in the last `days` days: at most 20,000 hits and 5,000 discounted matches, the newest.

    Hits of providers are left out: their threshold is the provider's. So are discounted matches that reach the threshold
    in force: they rest on a weak alias, which has a threshold of its own. Five queries, however much is stored.
    """
    asked = now() - timedelta(days=days)
    hits = list(
        Hit.objects.filter(created_at__gte=asked).exclude(watchlist__format=PROVIDER).order_by("-created_at")
        .values_list("created_at", *_FIELDS)[:MOST_HITS]
    )  # fmt: skip
    told, read_from = _discounted(asked)
    since = max(asked, hits[-1][0] if len(hits) == MOST_HITS else asked, read_from)
    raised = [
        StoredPair(customer, party, name, source, similarity, evidence, pk, disposition)
        for at, pk, customer, party, name, source, similarity, evidence, disposition in hits if at >= since
    ]  # fmt: skip
    kept = _pairs([(customer, match) for at, customer, match in told if at >= since], raised)
    times = [at for at, *_ in hits] + [at for at, *_ in told]
    first = max(since, min(times, default=since))
    spell = max(Decimal(1), Decimal((now() - first) / timedelta(days=1)))
    rows = swept((pair.judged for pair in (*raised, *kept)), days=spell, in_force=IN_FORCE) if raised or kept else []
    gained = sorted((pair for pair in kept if pair.score >= raise_at), key=lambda pair: -pair.score)[:SAMPLE]
    lost = sorted((pair for pair in raised if pair.score < raise_at), key=_gravest)[:SAMPLE]
    shown = _shown([*gained, *lost])
    return Sweep(since, since > asked, raise_at, rows, shown[: len(gained)], shown[len(gained) :])


def _gravest(pair: StoredPair) -> tuple[bool, bool, Decimal]:
    """True matches first, then what is undecided, then the likeliest."""
    decided = pair.disposition == HitDisposition.FALSE_POSITIVE
    return pair.disposition != HitDisposition.TRUE_MATCH, decided, -pair.score


def _discounted(asked: datetime) -> tuple[list[tuple[datetime, UUID, dict[str, str]]], datetime]:
    """The newest discounted matches with time and customer, and from when on they are whole."""
    rows = Screening.objects.filter(created_at__gte=asked).exclude(discounted=[]).order_by("-created_at")
    told: list[tuple[datetime, UUID, dict[str, str]]] = []
    read = list(rows.values_list("created_at", "customer_id", "discounted")[:MOST_SCREENINGS])
    for at, customer, matches in read:
        if len(told) + len(matches) > MOST_DISCOUNTED:
            return told, told[-1][0] if told else at
        told += [(at, customer, match) for match in matches]
    return told, read[-1][0] if len(read) == MOST_SCREENINGS else asked


def _pairs(told: list[tuple[UUID, dict[str, str]]], raised: list[StoredPair]) -> list[StoredPair]:
    """Each discounted pair once, as it was found last; not those that became hits."""
    places = {(match["version"], int(match["position"])) for _, match in told}
    entries = ListEntry.objects.filter(
        version_id__in={version for version, _ in places}, position__in={position for _, position in places}
    )
    named = {
        (str(version), position): (name, source)
        for version, position, name, source in entries.values_list(
            "version_id", "position", "version__watchlist__name", "source_id"
        )
    }
    seen = {(pair.party, pair.list_name, pair.source_id) for pair in raised}
    found = []
    for customer, match in told:
        place = named.get((match["version"], int(match["position"])))
        party, similarity, evidence = UUID(match["party"]), Decimal(match["similarity"]), Decimal(match["evidence"])
        if place is None or (party, *place) in seen or similarity + evidence >= IN_FORCE:
            continue
        seen.add((party, *place))
        found.append(StoredPair(customer, party, *place, similarity, evidence))
    return found


def _shown(pairs: list[StoredPair]) -> list[ShownPair]:
    """The pairs with the customer's own key and the name of the party, which may be an owner of the customer."""
    customers = Customer.objects.filter(pk__in={pair.customer for pair in pairs})
    references = dict(customers.values_list("pk", "external_id"))
    names = dict(Party.objects.filter(pk__in={pair.party for pair in pairs}).values_list("pk", "name"))
    return [ShownPair(pair, references[pair.customer], names.get(pair.party, "–")) for pair in pairs]
