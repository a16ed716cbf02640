"""The blind queue, and what sampling below the line says of scenarios."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from core.intervals import wilson
from customers.selectors import customers_visible_to
from monitoring.enums import AlertDisposition
from monitoring.models import (
    BlindItem,
    NearCount,
    ProcessEvent,
    SamplingPolicy,
    Scenario,
    ScenarioVersion,
    SilentTrace,
    Transaction,
)
from monitoring.selectors.records import live_versions

_TRACES, _SHOWN = 5, 60
_BEFORE = timedelta(days=90)
_NOTHING = dict.fromkeys(("sampled", "judged", "missed", "controls", "agreed"), 0)


@dataclass(frozen=True)
class Looser:
    """Limits that were tried on the past: of `missed` rows they meet `caught`, of the last 90 days' alerts there would be
    `after` instead of `before`, about `gained` more subjects; of those more, `fewest` to `most` are expected to be
    suspicious by the interval of the rate."""

    limits: list[str]
    caught: int
    missed: int
    before: int
    after: int
    gained: int
    fewest: int
    most: int


@dataclass(frozen=True)
class SampledScenario:
    """What people made of the rows below a scenario's line. Shares are of those judged; `low` and `high` are Wilson's.
    `looser` are limits that were tried on the past at `tried_at`; None where none were."""

    scenario: Scenario
    version: ScenarioVersion | None
    sampled: int
    judged: int
    missed: int
    controls: int
    agreed: int
    low: float
    high: float
    near: int
    looser: list[Looser]
    tried_at: date | None

    @property
    def rate(self) -> float | None:
        """The share of misses; None where nobody judged any."""
        return self.missed / self.judged if self.judged else None

    @property
    def percents(self) -> list[float]:
        """The rate and its interval as a page has them; empty where nobody judged any."""
        return [] if self.rate is None else [round(100 * share, 1) for share in (self.rate, self.low, self.high)]


def sampling_policy() -> SamplingPolicy:
    """The policy in force; before any was published the shipped values, as version 0."""
    return SamplingPolicy.objects.first() or SamplingPolicy(number=0)


def sampling_policies() -> QuerySet[SamplingPolicy]:
    """Every published version, the newest first."""
    return SamplingPolicy.objects.all()


def blind_queue(principal: Any) -> QuerySet[BlindItem]:
    """What waits to be judged about customers that `principal` may see, without alerts that `principal` had decided."""
    waiting = BlindItem.objects.filter(judged_at=None, customer__in=customers_visible_to(principal).order_by())
    own = waiting.filter(control__decision__decided_by=principal.pk).order_by().values("pk")
    return waiting.exclude(pk__in=own).select_related("scenario", "version", "customer__party", "transaction", "event")


def blind_item_for(principal: Any, pk: object) -> BlindItem:
    """The item of the queue with this id; raises NotFound."""
    found = blind_queue(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such item.")
    return found


def blind_history(item: BlindItem) -> QuerySet[Transaction] | QuerySet[ProcessEvent]:
    """What a judge sees of the past: the same of every item, whether or not it raised an alert. Of a customer the newest
    transactions of the 90 days up to the item's own, of a batch its entries; the newest first."""
    if item.event is not None:
        return ProcessEvent.objects.filter(customer=item.customer_id, process_id=item.event.process_id)[:_SHOWN]
    if item.transaction is None:
        return Transaction.objects.none()
    at = item.transaction.booked_at
    rows = Transaction.objects.filter(customer=item.customer_id, booked_at__gt=at - _BEFORE, booked_at__lte=at)
    return rows.order_by("-booked_at", "-pk")[:_SHOWN]


def missed_rows(version: ScenarioVersion) -> list[str]:
    """The ids of rows below the version's line that people found suspicious."""
    missed = BlindItem.objects.filter(version=version, control=None, disposition=AlertDisposition.SUSPICIOUS)
    return [str(row or event) for row, event in missed.values_list("transaction_id", "event_id")]


def sampling_report() -> list[SampledScenario]:
    """Every live scenario by its live version alone, and every other that was sampled, by its title."""
    of_live = {version.scenario_id: version for version in live_versions()}
    # another version drew another line
    own = Q(version__in=of_live.values()) | ~Q(scenario__in=of_live.keys())
    below, is_judged = Q(control=None), ~Q(disposition="")
    suspicious, was_suspicious = (
        Q(**{name: AlertDisposition.SUSPICIOUS}) for name in ("disposition", "control__decision__disposition")
    )
    agrees = (suspicious & was_suspicious) | (~suspicious & ~was_suspicious)
    counted = BlindItem.objects.filter(own).order_by().values("scenario").annotate(
        sampled=Count("pk", filter=below),
        judged=Count("pk", filter=below & is_judged),
        missed=Count("pk", filter=below & suspicious),
        controls=Count("pk", filter=~below & is_judged),
        agreed=Count("pk", filter=~below & is_judged & agrees),
    )  # fmt: skip
    found: dict[Any, dict[str, int]] = {
        row["scenario"]: {name: row[name] for name in _NOTHING}  # type: ignore[literal-required]
        for row in counted
    }
    nights = _newest_nights(of_live.values())
    scenarios = Scenario.objects.filter(pk__in=of_live.keys() | found.keys())
    return [_sampled(item, of_live.get(item.pk), found.get(item.pk, _NOTHING), nights) for item in scenarios]


def _newest_nights(versions: Iterable[ScenarioVersion]) -> dict[Any, NearCount]:
    found: dict[Any, NearCount] = {}
    for night in NearCount.objects.filter(version__in=list(versions)).order_by("night", "created_at"):
        found[night.version_id] = night
    return found


def _sampled(
    scenario: Scenario, version: ScenarioVersion | None, counts: Mapping[str, int], nights: Mapping[Any, NearCount]
) -> SampledScenario:
    low, high = wilson(counts["missed"], counts["judged"])
    night = nights.get(version.pk) if version else None
    tried = [_looser(item, low, high) for item in (night.proposed or [])] if night else []
    near = sum(night.counts) if night else 0
    return SampledScenario(scenario, version, **counts, low=low, high=high, near=near, looser=tried,
                           tried_at=night.night if night and night.proposed is not None else None)  # fmt: skip


def _looser(told: Mapping[str, Any], low: float, high: float) -> Looser:
    limits = [f"{item['name']} {item['op']} {item['before']:g} → {item['after']:g}" for item in told["moved"]]
    more = max(told["after"] - told["before"], 0)
    return Looser(
        limits, told["caught"], told["missed"], told["before"], told["after"], told["gained"],
        math.floor(low * more), math.ceil(high * more),
    )  # fmt: skip


def silent_traces(version: ScenarioVersion) -> QuerySet[SilentTrace]:
    """The newest traces of rows that the version did not fire on."""
    return SilentTrace.objects.filter(version=version)[:_TRACES]
