"""The hit of a pair: new, still open, re-opened, or left as it was decided."""

from dataclasses import asdict
from typing import Any, Protocol
from uuid import UUID

from core.actor import Actor
from screening.enums import HitDisposition, HitState
from screening.matching.matcher import Match
from screening.models import Hit, ListEntry, Screening, Suppression
from screening.services.suppression import pair_stands
from screening.signals import hit_found


class Pair(Protocol):
    """A match of one party in one list version."""

    @property
    def party_id(self) -> UUID: ...
    @property
    def version_id(self) -> UUID: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def match(self) -> Match: ...


def keep_hit(screening: Screening, item: Pair, by: Actor) -> bool:
    """Makes, refreshes or re-opens the hit of a pair, inside the caller's transaction; False where a decision stands.

    Side effects: the hit, a suppression that ends, `hit_found` where it is new or open again.
    """
    entry = ListEntry.objects.select_related("version").get(version_id=item.version_id, position=item.match.entry)
    pair = {"party_id": item.party_id, "watchlist_id": entry.version.watchlist_id}
    hit = _hit_of(pair, entry) or Hit(customer_id=screening.customer_id, source_id=entry.source_id, **pair)
    if hit.state == HitState.DISPOSED and (
        hit.disposition == HitDisposition.TRUE_MATCH or pair_stands(hit, item.fingerprint, by)
    ):
        return False
    match = item.match
    hit.entry, hit.screening, hit.fingerprint = entry, screening, item.fingerprint
    hit.query_name, hit.listed_name = match.query_name[:300], match.listed_name[:500]
    hit.similarity, hit.evidence = f"{match.similarity:.4f}", f"{match.evidence:.2f}"
    hit.alignment, hit.features = list(match.alignment), [asdict(feature) for feature in match.features]
    hit.state, hit.disposition, hit.delisted_at = HitState.OPEN, "", None
    hit.save()
    hit_found.send(Hit, hit_id=hit.pk, customer_id=hit.customer_id)
    return True


def _hit_of(pair: dict[str, Any], entry: ListEntry) -> Hit | None:
    """The pair's hit under the entry's id, or under a former id of it: a list may merge its entries."""
    known = Hit.objects.filter(**pair, source_id=entry.source_id).first()
    if known is not None or not entry.referents:
        return known
    former = Hit.objects.filter(**pair, source_id__in=entry.referents).order_by("state", "created_at").first()
    if former is not None:
        Suppression.objects.filter(hit=former).update(source_id=entry.source_id)
        former.source_id = entry.source_id
        former.save(update_fields=["source_id"])
    return former
