"""Features that no rule has: what is known of the accounts an event touches, from labels and from a first model's scores.

Known cases: how many events of a side, and of those it dealt with, had been labelled before. Training asks this as it will be
asked later: time is cut into blocks, and an event sees labels of earlier blocks only, never of its own.
Echo: the scores of a first model on the earlier events of both sides within 30 days (out of fold in training).
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from monitoring.features import windowed
from monitoring.features.layout import MICROSECONDS, layout_of
from monitoring.learning.catalogue import Column, Feature, FeatureSet
from monitoring.learning.matrix import Floats, Ints, Rows

BLOCKS, ECHO_DAYS, _ALL_DAYS = 6, 30, 400
_DAY = 86_400 * MICROSECONDS
_KNOWN = (
    Feature("known_cases", "labelled events before", "Known cases",
            sentence="the {side} was part of {value} labelled events before"),
    Feature("known_neighbours", "dealings with accounts known from labels", "Known cases",
            sentence="the {side} dealt {value} times with accounts known from labelled events"),
)  # fmt: skip
_ECHOES = (
    Feature("echo_sum", "sum of earlier scores within 30 days", "Echo", None, 3,
            "the {side}'s other payments within 30 days score {value} together"),
    Feature("echo_most_in", "highest score of its credits within 30 days", "Echo", None, 3,
            "the highest score of the {side}'s credits within 30 days is {value}"),
    Feature("echo_most_out", "highest score of its debits within 30 days", "Echo", None, 3,
            "the highest score of the {side}'s debits within 30 days is {value}"),
    Feature("echo_all", "sum of all earlier scores", "Echo", None, 3, "the {side}'s other payments so far score {value} together"),
    Feature("echo_near", "highest echo of whom it dealt with before", "Echo", None, 3,
            "of those the {side} dealt with within 30 days one had payments that score {value} together"),
)  # fmt: skip


def _columns(measures: tuple[Feature, ...], features: FeatureSet) -> tuple[Column, ...]:
    return tuple(Column(measure, side) for side in features.sides for measure in measures)


def known_columns(features: FeatureSet) -> tuple[Column, ...]:
    """The columns of `known_cases`."""
    return _columns(_KNOWN, features)


def echo_columns(features: FeatureSet) -> tuple[Column, ...]:
    """The columns of `echoes`."""
    return _columns(_ECHOES, features)


def account_key(account: str, salt: str) -> str:
    """An account as an artefact keeps it: not readable, and of no use without the salt."""
    return sha256(f"{salt}:{account}".encode()).hexdigest()[:24]


@dataclass(frozen=True)
class KnownAccounts:
    """How many labelled events each account was part of, by `account_key`."""

    salt: str
    cases: dict[str, int]

    def counts(self, accounts: pl.Series) -> npt.NDArray[np.float64]:
        """The number for each of these accounts; 0 where nothing is known."""
        unique = accounts.drop_nulls().unique().to_list()
        found = {name: self.cases.get(account_key(name, self.salt), 0) for name in unique}
        if not any(found.values()):
            return np.zeros(len(accounts))
        return accounts.replace_strict(found, default=0, return_dtype=pl.Float64).fill_null(0).to_numpy()


def remembered(rows: Rows, labels: npt.NDArray[Any], salt: str) -> KnownAccounts:
    """What labelled events (1) say of the accounts of both sides."""
    cases: dict[str, int] = {}
    for side in rows.features.sides:
        for account in rows.texts(rows.domain.subject, side).filter(pl.Series(labels == 1)).drop_nulls().to_list():
            key = account_key(account, salt)
            cases[key] = cases.get(key, 0) + 1
    return KnownAccounts(salt, cases)


def known_cases(rows: Rows, known: KnownAccounts) -> Floats:
    """For each side of each event: labelled events of its account, and dealings with accounts that have some."""
    subject, payments = rows.domain.subject, rows.domain.payments
    own = known.counts(rows.frame[subject])
    other = np.zeros(len(own)) if payments is None else known.counts(rows.frame[payments.other])
    layout = layout_of(rows.frame, subject, rows.domain.time)
    window = layout.window(_ALL_DAYS * _DAY, excludes=True)
    dealt = windowed.number(window, layout.arranged(other > 0)).astype(np.float64)
    return _by_side(rows, [own, dealt])


def known_in_blocks(rows: Rows, labels: npt.NDArray[Any], edges: Ints) -> Floats:
    """As `known_cases`, each event by the labels of the blocks before its own. `labels`: 1, 0, or -1 where not known."""
    blocks = np.searchsorted(edges, rows.times, side="right")
    found = np.zeros((rows.number, len(known_columns(rows.features))), dtype=np.float32)
    for block in range(1, len(edges) + 1):
        here = blocks == block
        known = remembered(rows, np.where(blocks < block, labels, 0), "")
        if here.any() and known.cases:
            found[here] = known_cases(rows, known)[here]
    return found


def block_edges(times: Ints) -> Ints:
    """The moments at which blocks of equally many events begin, after the first."""
    return np.unique(np.quantile(times, np.arange(1, BLOCKS) / BLOCKS).astype(np.int64))


def echoes(rows: Rows, scores: npt.NDArray[np.float64]) -> Floats:
    """For each side of each event: what the scores of its account's events of 30 days are, up to that moment.

    The sum leaves out the event itself.
    """
    layout = layout_of(rows.frame, rows.domain.subject, rows.domain.time)
    by_row = np.zeros(len(rows.frame))
    for places in rows.places.values():
        by_row[places[places >= 0]] = scores[places >= 0]
    window, ever = layout.window(ECHO_DAYS * _DAY), layout.window(_ALL_DAYS * _DAY)
    whole = np.round(by_row * 1_000_000).astype(np.int64)
    every = np.ones(len(by_row), dtype=np.bool_)
    recent, whole_life = (windowed.total(span, every, whole) / 1_000_000 - by_row for span in (window, ever))
    highest = [np.nan_to_num(windowed.extreme(window, way, by_row, lowest=False)) for way in _ways(rows)]
    others = _of_the_other_side(rows, recent)
    before = layout.window(ECHO_DAYS * _DAY, excludes=True)
    near = np.nan_to_num(windowed.extreme(before, ~np.isnan(others), others, lowest=False))
    return _by_side(rows, [recent, *highest, whole_life, near])


def _of_the_other_side(rows: Rows, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of each row the value of the row of its event's other side; NaN where the event has no other."""
    found = np.full(len(values), np.nan)
    for own in rows.places.values():
        for other in rows.places.values():
            if own is not other:
                both = (own >= 0) & (other >= 0)
                found[own[both]] = values[other[both]]
    return found


def _by_side(rows: Rows, measures: list[npt.NDArray[np.float64]]) -> Floats:
    """Measures of rows as columns of events: all of the first side, all of the next."""
    found = np.zeros((rows.number, len(measures) * len(rows.features.sides)), dtype=np.float32)
    for number, (side, values) in enumerate((side, values) for side in rows.features.sides for values in measures):
        found[:, number] = rows.taken(values.astype(np.float32), side)
    return found


def _ways(rows: Rows) -> list[npt.NDArray[np.bool_]]:
    payments = rows.domain.payments
    if payments is None:
        return []
    direction = rows.frame[payments.direction]
    return [(direction == way).fill_null(False).to_numpy() for way in (payments.incoming, payments.outgoing)]
