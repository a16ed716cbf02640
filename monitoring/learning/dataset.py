"""Files of events as one set: what is learnt from, what is tested on, what is history only."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from monitoring.files.frames import EventFrame
from monitoring.learning.labels import Labels
from monitoring.learning.matrix import Rows, rows_of
from monitoring.learning.sets import feature_sets
from monitoring.rules.evaluator import ID

_SHARED_ACCOUNTS = 0.02
_SAMPLE = 20_000


@dataclass(frozen=True)
class Part:
    """Events of one file with their labels (-1: none) and, where the file tells it, their typology."""

    events: EventFrame
    labels: Labels
    typologies: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Dataset:
    """All events in the order of the parts. `part` says of which each is."""

    rows: Rows
    event_ids: list[str]
    labels: Labels
    typologies: list[str]
    part: npt.NDArray[np.int64]

    @property
    def times(self) -> npt.NDArray[np.int64]:
        """The moment of each event in microseconds."""
        return self.rows.times


def dataset_of(domain: str, parts: Sequence[Part]) -> Dataset:
    """One set of all parts' events; an event of one part is history to the others."""
    frames, ids = [], []
    for number, part in enumerate(parts):
        renamed = (pl.lit(f"{number}-") + pl.col(ID)).alias(ID)
        frames.append(part.events.frame.with_columns(renamed))
        ids.append(part.events.event_ids.with_columns(renamed))
    event_ids = pl.concat(ids)
    return Dataset(
        rows_of(pl.concat(frames), event_ids, feature_sets()[domain]), event_ids["event_id"].to_list(),
        np.concatenate([part.labels for part in parts]),
        [name for part in parts for name in part.typologies or [""] * len(part.labels)],
        np.repeat(np.arange(len(parts)), [len(part.labels) for part in parts]),
    )  # fmt: skip


def continues(first: EventFrame, second: EventFrame, subject: str) -> bool:
    """Whether two files are of the same accounts, so that one is history to the other."""
    names = second.frame[subject].unique().head(_SAMPLE)
    known = set(first.frame[subject].unique().to_list())
    shared = sum(1 for name in names.to_list() if name in known)
    return shared >= _SHARED_ACCOUNTS * max(len(names), 1)


def latest(times: npt.NDArray[np.int64], fraction: float) -> npt.NDArray[np.bool_]:
    """The latest events: about `fraction` of them, never a part of those of one moment."""
    return np.asarray(times > np.quantile(times, 1 - fraction))
