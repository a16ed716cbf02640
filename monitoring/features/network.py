"""Measures of who pays whom: rings, chains, and money that spreads and meets again.

A payment *follows* another when it leaves the account that the other reached, later, within the window, with `low` to
`high` times the amount. Only the latest `FAN` payments before each are considered, so the work grows with the number of rows, not
with the traffic of the busiest account. Shapes as in IBM AMLSim (github.com/IBM/AMLSim, wiki).
"""

from dataclasses import dataclass

import numpy as np

from monitoring.features.layout import Bools, Floats, Ints, Window
from monitoring.features.windowed import distinct

FAN = 24
_CHUNK = 500_000
_RINGS = 50_000


@dataclass(frozen=True)
class Payments:
    """Edges in the order of `times`: from account to account (whole numbers), amounts of one unit.

    `low` to `high` is what the next payment has of the amount of the one it follows, at least `least`.
    """

    sources: Ints
    targets: Ints
    times: Ints
    amounts: Floats
    low: float = 0.5
    high: float = 1.25
    least: float = 0.0


@dataclass(frozen=True)
class _Pairs:
    """`later[i]` follows `earlier[i]`: places among the payments."""

    earlier: Ints
    later: Ints


def _joined(payments: Payments, ends: Ints, starts: Ints, length: int, *, reverse: bool = False) -> _Pairs:
    """Each payment with those before it whose `ends` is its `starts`, within the window, of a fitting amount."""
    order = np.lexsort((np.arange(len(ends)), ends))
    base = len(ends) + 1
    places = ends[order] * base + order
    oldest = np.searchsorted(payments.times, payments.times - length, side="right")
    low = np.searchsorted(places, starts * base + oldest)
    high = np.searchsorted(places, starts * base + np.arange(len(starts)))
    low = np.maximum(low, high - FAN)
    found = [_expanded(payments, order, low, high, first, reverse) for first in range(0, len(starts), _CHUNK)]
    nothing = np.zeros(0, dtype=np.int64)
    return _Pairs(
        np.concatenate([nothing, *(pairs.earlier for pairs in found)]),
        np.concatenate([nothing, *(pairs.later for pairs in found)]),
    )


def _expanded(payments: Payments, order: Ints, low: Ints, high: Ints, first: int, reverse: bool) -> _Pairs:
    rows = np.arange(first, min(first + _CHUNK, len(low)))
    counts = np.maximum(high[rows] - low[rows], 0)
    later = np.repeat(rows, counts)
    within = np.arange(len(later)) - np.repeat(np.cumsum(counts) - counts, counts)
    earlier = order[np.repeat(low[rows], counts) + within]
    ratio = payments.amounts[later] / payments.amounts[earlier]
    fits = (ratio >= payments.low) & (ratio <= payments.high)
    if reverse:  # the leg that came later is the one that the other follows
        fits = (ratio >= 1 / payments.high) & (ratio <= 1 / payments.low)
    fits &= np.minimum(payments.amounts[later], payments.amounts[earlier]) >= payments.least
    elsewhere = payments.sources[earlier] != payments.targets[earlier]
    own = payments.sources[later] != payments.targets[later]
    kept = fits & elsewhere & own
    return _Pairs(earlier[kept], later[kept])


def chains(payments: Payments, length: int, hops: int) -> Ints:
    """For each payment how many, itself included, follow one another up to it; at most `hops`."""
    pairs = _joined(payments, payments.targets, payments.sources, length)
    depth = np.ones(len(payments.times), dtype=np.int64)
    for _ in range(hops - 1):
        deeper = depth.copy()
        np.maximum.at(deeper, pairs.later, depth[pairs.earlier] + 1)
        if np.array_equal(deeper, depth):
            break
        depth = deeper
    return np.minimum(depth, hops)


def cycles(payments: Payments, length: int, hops: int) -> Ints:
    """For each payment the length of the shortest ring it completes, all of it within the window; 0 where none.

    The payments of a ring may have been made in any order: launderers do not wait for one another. A ring is followed
    backwards from the payment that completes it and forwards from where its money arrives, until both meet: each way
    half as deep, so that the work is the square root of following it one way. A long ring begins with one of the `FAN` latest
    payments of that account.
    """
    leaders, followers = _followed(payments, length)
    number = len(payments.times)
    backwards, onwards = _Steps.of(followers, leaders, number), _Steps.of(leaders, followers, number)
    found = np.zeros(number, dtype=np.int64)
    for first in range(0, number, _RINGS):
        _rings(payments, length, hops, np.arange(first, min(first + _RINGS, number)), backwards, onwards, found)
    return found


def _rings(
    payments: Payments, length: int, hops: int, closing: Ints, backwards: "_Steps", onwards: "_Steps", found: Ints
) -> None:
    """Writes into `found` the lengths of the rings that the payments `closing` complete."""
    back = (closing, closing)
    half = hops // 2
    for hop in range(2, half + 2):
        back = _open(backwards.taken(back, payments, length), found)
        closed = payments.sources[back[1]] == payments.targets[back[0]]
        found[back[0][closed]] = hop
        back = _open(back, found)
    ahead = _open(_begun(payments, length, np.unique(back[0])), found)
    for hop in range(half + 2, hops + 1):
        ahead = _open(onwards.taken(ahead, payments, length), found)
        keys = back[0] * (len(found) + 1) + back[1]
        met = np.isin(ahead[0] * (len(found) + 1) + ahead[1], keys)
        found[ahead[0][met]] = hop


def _begun(payments: Payments, length: int, closing: Ints) -> tuple[Ints, Ints]:
    """With each of the payments `closing` those that its receiver made before it, within the window."""
    order = np.lexsort((np.arange(len(payments.sources)), payments.sources))
    base = len(order) + 1
    places = payments.sources[order] * base + order
    oldest = np.searchsorted(payments.times, payments.times[closing] - length, side="right")
    low = np.searchsorted(places, payments.targets[closing] * base + oldest)
    high = np.searchsorted(places, payments.targets[closing] * base + closing)
    counts = np.clip(high - low, 0, FAN)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(closing, counts), order[np.repeat(high - counts, counts) + within]


def _open(pairs: tuple[Ints, Ints], found: Ints) -> tuple[Ints, Ints]:
    """The pairs of which no ring is found yet."""
    kept = found[pairs[0]] == 0
    return pairs[0][kept], pairs[1][kept]


@dataclass(frozen=True)
class _Steps:
    """From each payment to those beside it: `others[begins[i]:begins[i + 1]]` belong to payment `i`."""

    begins: Ints
    others: Ints

    @classmethod
    def of(cls, keys: Ints, others: Ints, number: int) -> "_Steps":
        order = np.lexsort((others, keys))
        return cls(np.searchsorted(keys[order], np.arange(number + 1)), others[order])

    def taken(self, pairs: tuple[Ints, Ints], payments: Payments, length: int) -> tuple[Ints, Ints]:
        """(closing, payment) one step on, each once: before the closing payment and within its window."""
        closing, current = pairs
        counts = self.begins[current + 1] - self.begins[current]
        closing = np.repeat(closing, counts)
        within = np.arange(len(closing)) - np.repeat(np.cumsum(counts) - counts, counts)
        current = self.others[np.repeat(self.begins[current], counts) + within]
        inside = (current < closing) & (payments.times[current] > payments.times[closing] - length)
        steps = np.unique(closing[inside] * len(self.begins) + current[inside])
        return steps // len(self.begins), steps % len(self.begins)


def _followed(payments: Payments, length: int) -> tuple[Ints, Ints]:
    """(into an account, out of it): places of every two payments that fit, whichever came first."""
    forward = _joined(payments, payments.targets, payments.sources, length)
    reverse = _joined(payments, payments.sources, payments.targets, length, reverse=True)
    leaders = np.concatenate([forward.earlier, reverse.later])
    followers = np.concatenate([forward.later, reverse.earlier])
    return leaders, followers


def gathered(payments: Payments, length: int) -> tuple[Ints, Ints]:
    """(at the payment's target, at its source): through how many accounts money of one origin meets at one end.

    Both legs lie within the window of each other, in either order; all pairs of legs are completed within the window
    before the payment. The first number is for the end that gathers, the second for the origin that scatters.
    """
    first, second = _followed(payments, length)  # origin → between → end
    completed = np.maximum(first, second)
    origins, ends, between = payments.sources[first], payments.targets[second], payments.targets[first]
    apart = origins != ends
    completed, origins, ends, between = (part[apart] for part in (completed, origins, ends, between))
    counts = _ways(payments, completed, origins, ends, between, length)
    by_end, by_origin = (np.zeros(len(payments.times), dtype=np.int64) for _ in range(2))
    from_end = payments.targets[completed] == ends
    np.maximum.at(by_end, completed[from_end], counts[from_end])
    from_origin = payments.sources[completed] == origins
    np.maximum.at(by_origin, completed[from_origin], counts[from_origin])
    return by_end, by_origin


def _ways(payments: Payments, completed: Ints, origins: Ints, ends: Ints, between: Ints, length: int) -> Ints:
    """For each pair of legs the number of different accounts between its origin and end, in the window up to it."""
    accounts = int(max(payments.sources.max(initial=0), payments.targets.max(initial=0))) + 1
    groups = origins * accounts + ends
    order = np.lexsort((completed, groups))
    grouped, places = groups[order], completed[order]
    times = payments.times[places]
    _, group_codes = np.unique(grouped, return_inverse=True)
    base = len(payments.times) + 1
    ranked = group_codes * base + places
    oldest = np.searchsorted(payments.times, times - length, side="right")
    window = Window(
        np.searchsorted(ranked, group_codes * base + oldest),
        np.searchsorted(ranked, group_codes * base + places, side="right"),
    )
    every: Bools = np.ones(len(places), dtype=np.bool_)
    counts = distinct(window, every, between[order], group_codes, times, length)
    result = np.empty(len(counts), dtype=np.int64)
    result[order] = counts
    return result
