"""Between rows of the database and models: training and scoring. Only workers import this: it loads Polars."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl

from monitoring.alerting import ModelAlerts
from monitoring.domains import domain_of
from monitoring.enums import ModelMeasure
from monitoring.files.frames import EventFrame
from monitoring.learning.artefact import ArtefactRefused, checksum_of, dumped, loaded
from monitoring.learning.dataset import Dataset, Part, dataset_of
from monitoring.learning.drift import psi
from monitoring.learning.estimators import Settings
from monitoring.learning.matrix import Floats
from monitoring.learning.model import Model, Scored
from monitoring.learning.runs import Done, Run, run_training
from monitoring.learning.scoring import highest, reasons
from monitoring.rules.evaluator import ID
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import Labels
from monitoring.services import NewScore, Seen
from monitoring.snapshots.reading import history_frame

MOST_KEPT, TEST_FRACTION = 1_000, 0.3
_ORDINARY = 0


def trained(
    domain: str, since: datetime, labels: Labels, definitions: list[ScenarioDefinition], champion: Model | None,
    on_step: Callable[[str], None], fairness: tuple[str, ...] = (),
) -> tuple[Done, str]:  # fmt: skip
    """A model of the stored rows by these labels (a row without a finding is ordinary), and the hash of both; groups of the
    `fairness` fields are compared, without any those of every category.

    Raises TrainingImpossible.
    """
    part = _part(domain, since, labels)
    run = Run(Settings(cores=1), test_fraction=TEST_FRACTION, fairness=fairness)
    done = run_training(domain, [part], run, on_step=on_step, definitions=definitions, champion=champion)
    digest = sha256(part.events.frame.write_csv().encode())
    digest.update(json.dumps(labels, sort_keys=True).encode())
    return done, digest.hexdigest()


def _part(domain: str, since: datetime, labels: Labels) -> Part:
    frame = history_frame(domain, since)
    ids = frame.sort(domain_of(domain).time, ID).select(ID, pl.col(ID).alias("event_id"))
    told = [labels.get(row, (_ORDINARY, "")) for row in ids[ID].to_list()]
    return Part(
        EventFrame(frame, ids, 0), np.array([label for label, _ in told], dtype=np.int8), [kind for _, kind in told]
    )


def artefact_of(model: Model) -> tuple[bytes, str]:
    """The model as bytes, and their checksum."""
    content = dumped(model)
    return content, checksum_of(content)


def read_artefact(content: bytes, checksum: str) -> Model:
    """A kept model; raises ArtefactRefused."""
    return loaded(bytes(content), checksum)


def scored_rows(
    model: Model, domain: str, since: datetime, row_field: str, behind_alerts: set[str],
    policies: Sequence[ModelAlerts] = (),
) -> tuple[list[NewScore], Seen]:  # fmt: skip
    """Scores of the rows from `since` on: those flagged, those behind alerts, the highest of them, and those that reach the line
    of a policy; and what the rows were."""
    data, scored, recent = _scored(model, domain, since)
    if scored is None:
        return [], Seen()
    chosen = _chosen(data, scored, recent, model.threshold, behind_alerts)
    for policy in policies:
        chosen = np.union1d(chosen, _reaching(scored, recent, policy.measure, policy.at_least)[:MOST_KEPT])
    told = reasons(model, scored, chosen)
    scores = [
        NewScore(
            float(scored.chances[row]), float(scored.percentiles[row]), float(scored.unusual[row]),
            bool(scored.chances[row] >= model.threshold), reason, inputs=model.inputs(scored, row),
            **{f"{row_field}_id": UUID(data.event_ids[row])},
        )
        for row, reason in zip(chosen.tolist(), told, strict=True)
    ]  # fmt: skip
    return scores, _seen(model, scored.values[recent])


def rows_in_past(
    model: Model, domain: str, since: datetime, measure: ModelMeasure, at_least: float
) -> tuple[int, list[tuple[str, float]]]:
    """How many rows there are from `since` on, and those of which the model's measure reaches a percentile, the highest first."""
    data, scored, recent = _scored(model, domain, since)
    if scored is None:
        return 0, []
    measured = _measured(scored, measure)
    rows = _reaching(scored, recent, measure, at_least)
    return int(recent.sum()), [(data.event_ids[row], float(measured[row])) for row in rows.tolist()]


def _scored(model: Model, domain: str, since: datetime) -> tuple[Dataset, Scored | None, Any]:
    """Rows with the history that they look back to, their scores (None: there are no rows), and which are from `since` on."""
    part = _part(domain, since - timedelta(days=domain_of(domain).kept_days), {})
    data = dataset_of(domain, [part])
    scored = model.scored(data.rows, model.matrix(data.rows)) if len(data.event_ids) else None
    return data, scored, data.times >= int(since.timestamp() * 1_000_000)


def _measured(scored: Scored, measure: ModelMeasure) -> Any:
    return scored.unusual if measure == ModelMeasure.UNUSUAL else scored.percentiles


def _reaching(scored: Scored, recent: Any, measure: ModelMeasure, at_least: float) -> Any:
    measured = _measured(scored, measure)
    rows = np.flatnonzero(recent & (measured >= at_least))
    return rows[np.lexsort((-scored.chances[rows], -measured[rows]))]


def _seen(model: Model, values: Floats) -> Seen:
    if not len(values):
        return Seen()
    told = [(column.code, model.distributions[column.code]) for column in model.columns]
    spread = {code: before.shares_of(values[:, at]) for at, (code, before) in enumerate(told)}
    return Seen(len(values), {code: psi(before.shares, spread[code]) for code, before in told}, spread)


def _chosen(data: Dataset, scored: Scored, recent: Any, threshold: float, behind: set[str]) -> Any:
    wanted = np.array([row in behind for row in data.event_ids]) | (scored.chances >= threshold)
    rows = np.flatnonzero(recent & wanted)
    return rows[highest(scored.chances[rows], MOST_KEPT)]


__all__ = ["ArtefactRefused", "artefact_of", "read_artefact", "rows_in_past", "scored_rows", "trained"]
