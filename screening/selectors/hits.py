"""Reads of screenings and hits."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import Customer
from customers.selectors import of_visible_customers
from screening.enums import HitDisposition, HitState, ListKind
from screening.models import Hit, HitDecision, Screening, Watchlist
from screening.selectors.coverage import is_asked, is_covered
from screening.selectors.lists import active_versions


@dataclass(frozen=True)
class ScreeningSummary:
    """How a customer stands. `list_versions` are those it is screened against now.

    `stale`: a list is missing, or a provider has not answered.
    """

    screened_at: datetime | None
    list_versions: tuple[str, ...]
    open_hits: int
    true_matches: int
    false_positives: int
    top_similarity: Decimal | None
    pep: bool
    sanction_confirmed: bool
    stale: bool


def hits_visible_to(principal: Any) -> QuerySet[Hit]:
    """Hits of the customers that `principal` may see."""
    rows = Hit.objects.select_related("customer__party", "party", "watchlist", "entry__version")
    return rows.filter(of_visible_customers(principal))


def hit_for(principal: Any, pk: object) -> Hit:
    """The hit with this id, if `principal` may know of it; raises NotFound."""
    decisions = Prefetch("decisions", HitDecision.objects.select_related("decided_by"))
    found = hits_visible_to(principal).prefetch_related(decisions).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such hit.")
    return found


def hits_for_customer(customer: Customer) -> QuerySet[Hit]:
    """The customer's hits: open ones first, the likeliest first."""
    return customer.hits.select_related("party", "watchlist", "entry__version")


def open_hits_for_customer(customer: Customer) -> QuerySet[Hit]:
    """Hits that nobody has decided."""
    return hits_for_customer(customer).filter(state=HitState.OPEN)


@dataclass(frozen=True)
class PlaceOfHit:
    """Where an open hit stands among the customer's open hits, and which come before and after it."""

    position: int
    total: int
    previous: UUID | None
    following: UUID | None


def place_of_hit(hit: Hit) -> PlaceOfHit:
    """The hit's place among the open ones; position 0 where it is decided, then the first open one follows."""
    keys = list(open_hits_for_customer(hit.customer).values_list("pk", flat=True))
    if hit.pk not in keys:
        return PlaceOfHit(0, len(keys), None, keys[0] if keys else None)
    place = keys.index(hit.pk)
    after = keys[place + 1] if place + 1 < len(keys) else None
    return PlaceOfHit(place + 1, len(keys), keys[place - 1] if place else None, after)


def last_screening(customer: Customer) -> Screening | None:
    """The newest screening with its list versions, or None."""
    return customer.screenings.prefetch_related("list_versions__watchlist").first()


def screening_summary(customer: Customer) -> ScreeningSummary:
    """How the customer stands with screening."""
    screening = last_screening(customer)
    hits = list(hits_for_customer(customer))
    confirmed = [hit for hit in hits if hit.disposition == HitDisposition.TRUE_MATCH]
    still_open = [hit for hit in hits if hit.state == HitState.OPEN]
    versions = active_versions()
    current = [version for version in versions if is_covered(customer.pk, [version])] if screening else []
    return ScreeningSummary(
        screened_at=screening.created_at if screening else None,
        list_versions=tuple(f"{version.watchlist.name} v{version.number}" for version in current),
        open_hits=len(still_open),
        true_matches=len(confirmed),
        false_positives=sum(hit.disposition == HitDisposition.FALSE_POSITIVE for hit in hits),
        top_similarity=max((hit.similarity for hit in still_open), default=None),
        pep=any(hit.watchlist.kind == ListKind.PEP for hit in confirmed),
        sanction_confirmed=any(hit.watchlist.kind == ListKind.SANCTION for hit in confirmed),
        stale=screening is None or not versions or len(current) < len(versions) or is_asked(customer.pk),
    )


@dataclass(frozen=True)
class ListCounts:
    """How the hits of one list stand."""

    name: str
    still_open: int
    true_matches: int
    false_positives: int


def hit_counts_by_list(*, since: datetime, customers: QuerySet[Customer] | None = None) -> list[ListCounts]:
    """Every list with how its hits stand, of those raised from `since` on, of these customers (None: of all)."""
    hits = Hit.objects.order_by().filter(created_at__gte=since)
    if customers is not None:
        hits = hits.filter(customer__in=customers)
    told = {
        row["watchlist"]: (row["still_open"], row["true"], row["false"])
        for row in hits.values("watchlist").annotate(
            still_open=Count("pk", filter=Q(state=HitState.OPEN)),
            true=Count("pk", filter=Q(disposition=HitDisposition.TRUE_MATCH)),
            false=Count("pk", filter=Q(disposition=HitDisposition.FALSE_POSITIVE)),
        )
    }
    lists = Watchlist.objects.order_by("name").values_list("pk", "name")
    return [ListCounts(name, *told.get(pk, (0, 0, 0))) for pk, name in lists]
