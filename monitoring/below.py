"""Drawing rows from just below the line of a scenario. Only workers import this: it loads Polars."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl
from django.conf import settings

from monitoring.bands import BANDS, band_of
from monitoring.models import ScenarioVersion
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import definition_of
from monitoring.trials import history_of_domain
from monitoring.warm.frame import WarmFrame
from monitoring.warm.trial import Shown, firings_of, nearest, sayer


@dataclass(frozen=True)
class Drawn:
    """What was drawn below the line of a version, and by band how many subjects were there to draw from."""

    version: ScenarioVersion
    rows: list[Shown]
    counts: list[int]


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
    return Drawn(version, say(pl.Series(places, dtype=pl.UInt32), near), counts)
