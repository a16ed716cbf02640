"""Any past alert, hit, rating or score of a model, computed again from what was stored: identical, or differs because of this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.exceptions import NotFound
from core.ids import parse_id
from core.words import said
from customers.models import RiskRating
from customers.selectors import customer_for
from customers.services.replaying import replay_rating
from monitoring.models import RowScore
from monitoring.selectors import alert_for, score_for
from monitoring.services.replaying import replay_alert
from monitoring.services.rescoring import replay_score
from screening.selectors import hit_for
from screening.services import replay_screening


@dataclass(frozen=True)
class Replayed:
    """What came out: sentences for what differs, what it rests on, and whose page shows the result of then."""

    differences: tuple[str, ...]
    rests_on: Mapping[str, object]
    page_id: UUID

    @property
    def same(self) -> bool:
        return not self.differences


@dataclass(frozen=True)
class Kind:
    """`find` raises NotFound where the principal may not see it; `page` is the URL name of where it is shown."""

    find: Callable[[Any, object], Any]
    again: Callable[[Any], Replayed]
    page: str

    def replay(self, principal: Any, pk: object) -> Replayed:
        """Computes it again for somebody who may see it."""
        return self.again(self.find(principal, pk))


def _rating_for(principal: Any, pk: object) -> RiskRating:
    found = RiskRating.objects.select_related("policy").prefetch_related("factors").filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such rating.")
    customer_for(principal, found.customer_id)
    return found


def _alert(alert: Any) -> Replayed:
    made = replay_alert(alert)
    return Replayed(made.differences, {"firings judged again": made.judged}, alert.pk)


def _hit(hit: Any) -> Replayed:
    made = replay_screening(hit.screening)
    told = [said("Then, and not now: {row}", row=row) for row in made.missing] + [
        said("Now, and not then: {row}", row=row) for row in made.new
    ]
    if told and not made.same_engine:
        told.append(said("The engine has another version than then."))
    if told and not made.same_config:
        told.append(said("The weights and thresholds are others than then."))
    versions = [f"{row.watchlist.name} {row.number}" for row in hit.screening.list_versions.select_related("watchlist")]
    rests = {
        "lists": ", ".join(versions),
        "engine of then": hit.screening.engine_version,
        "the same engine": made.same_engine,
    }
    return Replayed(tuple(told), rests, hit.pk)


def _rating(rating: RiskRating) -> Replayed:
    rests = {"policy version": rating.policy.number, "factors": rating.factors.count()}
    return Replayed(replay_rating(rating), rests, rating.customer_id)


def _score(score: RowScore) -> Replayed:
    version = score.version
    rests = {
        "model": said("{domain} version {number}", domain=version.domain, number=version.number), "checksum": version.checksum,
        "columns": len(score.inputs.get("values", {})),
    }  # fmt: skip
    return Replayed(replay_score(score), rests, version.pk)


REPLAYS = {
    "alert": Kind(alert_for, _alert, "monitoring:alert_detail"),
    "hit": Kind(hit_for, _hit, "screening:hit_detail"),
    "rating": Kind(_rating_for, _rating, "customers:customer_detail"),
    "score": Kind(score_for, _score, "monitoring:model_detail"),
}
