"""Cutting rows so that each part can be judged alone and what is said of it is what would be said of it among all.

A scenario that looks at its subject's rows only is judged by subject. One that looks at rows of others (rows with the same
value of a field, payments from account to account) is judged by component: subjects that are joined by a value or an
account, directly or through others, stay together. Where everybody hangs together that is one part, so such scenarios
also run each on its own beside the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from monitoring.domains.base import Domain
from monitoring.features.layout import Ints, codes_of
from monitoring.rules.checker import Rule
from monitoring.rules.tree import Aggregate, Network, walk
from monitoring.scenarios.catalogue import ScenarioDefinition

ROWS_EACH, MOST_PARTS = 100_000, 64


@dataclass(frozen=True)
class Partition:
    """Rows, in order, and the scenarios they are judged by."""

    frame: pl.DataFrame
    definitions: tuple[ScenarioDefinition, ...]


@dataclass(frozen=True)
class _Reach:
    """What joins subjects for a rule: fields whose equal values, and whether payments."""

    fields: frozenset[str]
    pays: bool

    @property
    def is_own(self) -> bool:
        return not self.fields and not self.pays


def parts_for(rows: int) -> int:
    """How many parts are worth their start."""
    return min(max(rows // ROWS_EACH, 2), MOST_PARTS)


def partitioned(frame: pl.DataFrame, definitions: Sequence[ScenarioDefinition], parts: int = 0) -> Iterator[Partition]:
    """Partitions that together judge every row by every definition once; at most `parts` for each kind of scenario."""
    parts = parts or parts_for(len(frame))
    by_reach: dict[_Reach, list[ScenarioDefinition]] = {}
    for definition in definitions:
        by_reach.setdefault(_reach(definition.checked()), []).append(definition)
    for reach, alike in by_reach.items():
        domain = alike[0].rows
        labels = _subjects(frame, domain) if reach.is_own else _components(frame, domain, reach)
        bins = _packed(labels, parts)
        number = int(bins.max(initial=-1)) + 1
        groups = [tuple(alike)] if number > 1 else [(definition,) for definition in alike]
        for place in range(number):
            rows = frame if number == 1 else frame.filter(pl.Series(bins == place))
            yield from (Partition(rows, group) for group in groups)


def _reach(rule: Rule) -> _Reach:
    nodes = [node for root in (rule.condition, *rule.measures) for node in walk(root)]
    fields = {node.among for node in nodes if isinstance(node, Aggregate) and node.among}
    return _Reach(frozenset(fields), any(isinstance(node, Network) for node in nodes))


def _subjects(frame: pl.DataFrame, domain: Domain) -> Ints:
    """A number for each subject, in each of its rows; the frame is sorted by it."""
    subject = frame[domain.subject]
    return np.cumsum(subject.ne_missing(subject.shift(1)).to_numpy(), dtype=np.int64) - 1


def _components(frame: pl.DataFrame, domain: Domain, reach: _Reach) -> Ints:
    """A number for each set of subjects that hang together, in each of their rows."""
    subjects = _subjects(frame, domain)
    joins = [[frame[name]] for name in sorted(reach.fields)]
    facet = domain.payments
    if reach.pays and facet is not None:
        own = frame.select(pl.col(facet.own).fill_null(pl.col(domain.subject)))[:, 0]
        joins.append([own, frame[facet.other]])  # an account that pays is the account that is paid
    first = int(subjects.max(initial=-1)) + 1
    pairs: list[tuple[Ints, Ints]] = []
    for sides in joins:
        together = codes_of(pl.concat([side.alias("value") for side in sides]))
        columns = np.split(together, len(sides))
        pairs += [(subjects[codes >= 0], codes[codes >= 0] + first) for codes in columns]
        first += int(together.max(initial=-1)) + 1
    return _joined(first, pairs)[subjects]


def _joined(number: int, pairs: list[tuple[Ints, Ints]]) -> Ints:
    """The lowest member of each one's component: labels sink along the pairs until none moves."""
    labels = np.arange(number)
    left, right = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    while True:
        lower = np.minimum(labels[left], labels[right])
        sunk = labels.copy()
        for ends in (left, right):
            np.minimum.at(sunk, ends, lower)
            np.minimum.at(sunk, labels[ends], lower)
        while not np.array_equal(sunk, sunk[sunk]):
            sunk = sunk[sunk]
        if np.array_equal(sunk, labels):
            return labels
        labels = sunk


def _packed(labels: Ints, parts: int) -> Ints:
    """A bin for each row: rows of one label share theirs, and bins are about as large as one another."""
    found, places, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    if not len(found):
        return labels
    share = max(int(np.ceil(len(labels) / parts)), int(sizes.max()))
    order = np.argsort(-sizes, kind="stable")
    bins = np.zeros(len(found), dtype=np.int64)
    bins[order] = (np.cumsum(sizes[order]) - 1) // share
    return bins[places]
