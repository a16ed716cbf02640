"""Drawing rows from just below the line of a scenario. Only workers import this: it loads Polars."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl
from django.conf import settings

from monitoring.bands import BANDS, band_of
from monitoring.models import ScenarioVersion
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import definition_of, missed_rows
from monitoring.trials import history_of_domain
from monitoring.warm.frame import WarmFrame
from monitoring.warm.looser import looser_limits
from monitoring.warm.trial import Shown, firings_of, nearest, sayer


@dataclass(frozen=True)
class Drawn:
    """What was drawn below the line of a version, and by band how many subjects were there to draw from;
    `proposed` are looser limits that would have met what people found suspicious of earlier nights."""

    version: ScenarioVersion
    rows: list[Shown]
    counts: list[int]
    proposed: list[dict[str, Any]] = field(default_factory=list)


def drawn_below(versions: Iterable[ScenarioVersion], most: int) -> Iterator[Drawn]:
    """For each version at most `most` subjects at random, of those of the last 90 days that nearly fired and never did."""
    frames: dict[str, WarmFrame] = {}
    for version in versions:
        definition = definition_of(version)
        if definition.domain not in frames:
            frames[definition.domain] = history_of_domain(definition.domain)
        yield _drawn(frames[definition.domain], version, definition, most)


def _drawn(warm: WarmFrame, version: ScenarioVersion, definition: ScenarioDefinition, most: int) -> Drawn:
    counts = [0] * BANDS
    if not len(warm.rows):
        return Drawn(version, [], counts)
    rule = definition.checked()
    prepared = warm.prepared(rule)
    firing = firings_of(warm, prepared, definition, rule).rows.select(warm.domain.subject).unique()
    near = nearest(warm, prepared, rule, besides=firing, most=len(warm.rows))
    for lacks in near.values():
        counts[band_of(lacks)] += 1
    places = sorted(random.SystemRandom().sample(sorted(near), min(most, len(near))))
    say = sayer(warm, prepared, definition, rule, settings.BASE_CURRENCY)
    proposed = _proposed(warm, definition, version)
    return Drawn(version, say(pl.Series(places, dtype=pl.UInt32), near), counts, proposed)


def proposed_for(version: ScenarioVersion) -> list[dict[str, Any]]:
    """Looser limits of the version, as a night keeps them (see `monitoring.warm.looser.Proposal`). Reads all rows anew."""
    definition = definition_of(version)
    return _proposed(history_of_domain(definition.domain), definition, version)


def _proposed(warm: WarmFrame, definition: ScenarioDefinition, version: ScenarioVersion) -> list[dict[str, Any]]:
    return [asdict(item) for item in looser_limits(warm, definition, missed_rows(version))]
