"""The blind queue, and what sampling below the line says of scenarios."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from core.intervals import wilson
from customers.selectors import customers_visible_to
from monitoring.bands import BANDS, WIDTH, band_of
from monitoring.enums import AlertDisposition
from monitoring.models import BlindItem, NearCount, SamplingPolicy, Scenario, ScenarioVersion, SilentTrace
from monitoring.rules.comparisons import limits_of
from monitoring.rules.words import text_of
from monitoring.selectors.lists import definition_of
from monitoring.selectors.records import live_versions

_TRACES = 5


@dataclass(frozen=True)
class Looser:
    """Limits that would have caught every miss of the sample: each looser by `percent`, of the subjects of the last 90
    days `alerts` more would have come and of these `misses` are expected to be suspicious, `fewest` to `most` by the interval
    of the rate. It is arithmetic over the sample: a backtest of the limits comes before their publication."""

    percent: int
    alerts: int
    misses: float
    fewest: int
    most: int
    limits: list[str]


@dataclass(frozen=True)
class SampledScenario:
    """What people made of the rows below a scenario's line. Shares are of those judged; `low` and `high` are Wilson's."""

    scenario: Scenario
    sampled: int
    judged: int
    missed: int
    low: float
    high: float
    controls: int
    agreed: int
    near: int
    looser: Looser | None

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
    return waiting.exclude(pk__in=own).select_related("scenario", "customer__party", "transaction", "event")


def blind_item_for(principal: Any, pk: object) -> BlindItem:
    """The item of the queue with this id; raises NotFound."""
    found = blind_queue(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such item.")
    return found


def sampling_report() -> list[SampledScenario]:
    """Every live scenario by its live version alone, and every other that was sampled, by its title."""
    of_live = {version.scenario_id: version for version in live_versions()}
    found: dict[Any, list[BlindItem]] = {}
    for item in BlindItem.objects.select_related("control"):
        live = of_live.get(item.scenario_id)
        if live is None or live.pk == item.version_id:  # another version drew another line
            found.setdefault(item.scenario_id, []).append(item)
    scenarios = Scenario.objects.filter(pk__in=of_live.keys() | found.keys())
    return [_sampled(scenario, of_live.get(scenario.pk), found.get(scenario.pk, [])) for scenario in scenarios]


def _sampled(scenario: Scenario, version: ScenarioVersion | None, items: list[BlindItem]) -> SampledScenario:
    below = [item for item in items if item.control_id is None]
    judged = [item for item in below if item.disposition]
    controls = [item for item in items if item.control is not None and item.disposition]
    missed = [item for item in judged if item.disposition == AlertDisposition.SUSPICIOUS]
    low, high = wilson(len(missed), len(judged))
    latest = NearCount.objects.filter(version=version).first() if version else None
    counts = latest.counts if latest else [0] * BANDS
    return SampledScenario(
        scenario, len(below), len(judged), len(missed), low, high, len(controls),
        sum(_is_suspicious(item.disposition) == _is_suspicious(item.control.disposition) for item in controls if item.control),
        sum(counts), _looser(version, judged, missed, counts) if version and missed else None,
    )  # fmt: skip


def _is_suspicious(disposition: str) -> bool:
    return disposition == AlertDisposition.SUSPICIOUS


def _looser(
    version: ScenarioVersion, judged: list[BlindItem], missed: list[BlindItem], counts: list[int]
) -> Looser | None:
    looked, hit = _by_band(judged), _by_band(missed)
    last = max(hit)
    overall = len(missed) / len(judged)
    misses = sum(counts[at] * (hit[at] / looked[at] if looked[at] else overall) for at in range(last + 1))
    share = (last + 1) * WIDTH
    alerts = sum(counts[: last + 1])
    low, high = wilson(len(missed), len(judged))
    return Looser(
        round(share * 100),
        alerts,
        round(misses, 1),
        math.floor(low * alerts),
        math.ceil(high * alerts),
        _limits(version, share),
    )


def _by_band(items: Iterable[BlindItem]) -> Counter[int]:
    return Counter(band_of(item.lacks) for item in items if item.lacks is not None)


def _limits(version: ScenarioVersion, share: float) -> list[str]:
    """The limits of the rule as they are and as they would be."""
    told = []
    for limit in limits_of(definition_of(version).checked()):
        by = share * max(abs(limit.value), 1.0)
        moved = limit.value - by if limit.op in {">=", ">"} else limit.value + by
        name = f"${limit.parameter}" if limit.parameter else text_of(limit.left)
        told.append(f"{name}: {limit.value:g} → {moved:g}")
    return told


def silent_traces(version: ScenarioVersion) -> QuerySet[SilentTrace]:
    """The newest traces of rows that the version did not fire on."""
    return SilentTrace.objects.filter(version=version)[:_TRACES]
