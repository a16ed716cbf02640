"""Worlds of payments with a little laundering in them, made here: nothing is copied from a published set.

Both follow published simulators in spirit: `repeating` IBM AMLSim (accounts pay along a fixed graph, again and again;
launderers' amounts shrink by a margin), `salaried` AMLGentex (wages in, spending out, peer payments between; launderers
pay slightly more, and some take part again and again). Each line has a label and its typology.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl

START = datetime(2024, 1, 1, tzinfo=UTC)
COLUMNS = ("day", "sender", "receiver", "amount", "type", "label", "typology")
Drawn = Callable[[int], Any]


@dataclass
class World:
    """Payments as they are made; `draw` gives amounts of launderers."""

    rng: np.random.Generator
    days: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def pay(
        self, day: float, sender: Any, receiver: Any, amount: float, typology: str = "", kind: str = "TRANSFER"
    ) -> None:
        if day < self.days and sender != receiver:
            self.rows.append((int(day), sender, receiver, round(float(amount), 2), kind, int(bool(typology)), typology))

    def frame(self) -> pl.DataFrame:
        columns = list(zip(*sorted(self.rows, key=lambda row: row[0]), strict=True))
        made = pl.DataFrame(dict(zip(COLUMNS, [list(column) for column in columns], strict=True)), strict=False)
        return made.with_row_index("n").select(
            pl.format("T{}", "n").alias("transaction_id"),
            (pl.lit(START) + pl.duration(days="day")).dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias("timestamp"),
            pl.col("sender").cast(pl.String).alias("sender_account"),
            pl.col("receiver").cast(pl.String).alias("receiver_account"), "amount", pl.lit("USD").alias("currency"),
            pl.col("type").alias("transaction_type"), pl.lit("US").alias("sender_country"),
            pl.lit("US").alias("receiver_country"), pl.col("label").alias("is_laundering"), "typology",
        )  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """People who launder from day `first` on for `period` days, each passing on what he got less a margin; the higher
    `bunched`, the closer together at the beginning."""

    world: World
    typology: str
    people: list[Any]
    first: float
    period: float
    draw: Drawn
    margin: float
    bunched: float = 1.0

    @property
    def moments(self) -> Any:
        return self.first + np.sort(self.world.rng.beta(1, self.bunched, len(self.people) * 4)) * self.period

    def pay(self, day: float, sender: Any, receiver: Any, amount: float) -> None:
        self.world.pay(day, sender, receiver, amount, self.typology)


def _fan(attempt: Attempt, *, inwards: bool) -> None:
    main, others = attempt.people[0], attempt.people[1:]
    for moment, other in zip(attempt.moments[:: len(attempt.people) * 4 // len(others)], others, strict=False):
        attempt.pay(moment, *((other, main) if inwards else (main, other)), attempt.draw(1)[0])


def _cycle(attempt: Attempt) -> None:
    amount, moments, people = attempt.draw(1)[0] * 1.3, attempt.moments, attempt.people
    for step, person in enumerate(people):
        attempt.pay(moments[step * 3], person, people[(step + 1) % len(people)], amount)
        amount *= 1 - attempt.margin


def _scatter_gather(attempt: Attempt) -> None:
    main, others, moments = attempt.people[0], attempt.people[1:], attempt.moments
    for step, (other, amount) in enumerate(zip(others[:-1], attempt.draw(len(others) - 1), strict=True)):
        attempt.pay(moments[step], main, other, amount)
        attempt.pay(moments[len(others) + step * 2], other, others[-1], amount * (1 - attempt.margin))


def _gather_scatter(attempt: Attempt) -> None:
    main, others, moments = attempt.people[0], attempt.people[1:], attempt.moments
    middle = len(others) // 2
    amounts = attempt.draw(middle)
    for step, amount in enumerate(amounts):
        attempt.pay(moments[step], others[step], main, amount)
    share = amounts.sum() * (1 - attempt.margin) / max(len(others) - middle, 1)
    for step, other in enumerate(others[middle:]):
        attempt.pay(moments[len(others) * 2 + step], main, other, share)


def _bipartite(attempt: Attempt) -> None:
    rng, middle = attempt.world.rng, len(attempt.people) // 2
    for sender in attempt.people[:middle]:
        for receiver in rng.choice(np.array(attempt.people[middle:], dtype=object), 2):
            attempt.pay(attempt.first + rng.random() * attempt.period, sender, receiver, attempt.draw(1)[0])


def _stack(attempt: Attempt) -> None:
    people, rng = attempt.people, attempt.world.rng
    layers = [people[:2], people[2:5], people[5:]]
    for level in (0, 1):
        for sender in layers[level]:
            for receiver in layers[level + 1][:2]:
                moment = attempt.first + (level + rng.random()) * attempt.period / 2
                attempt.pay(moment, sender, receiver, attempt.draw(1)[0] * (1 - attempt.margin) ** level)


SHAPES: dict[str, Callable[[Attempt], None]] = {
    "fan_in": lambda attempt: _fan(attempt, inwards=True), "fan_out": lambda attempt: _fan(attempt, inwards=False),
    "cycle": _cycle, "scatter_gather": _scatter_gather, "gather_scatter": _gather_scatter, "bipartite": _bipartite,
    "stack": _stack,
}  # fmt: skip
REPEATING = ("fan_in", "fan_out", "cycle", "scatter_gather", "gather_scatter")


def repeating(
    seed: int, *, accounts: int = 8_000, days: int = 300, attempts: int = 75, period: int = 30, close: float = 0.35
) -> pl.DataFrame:
    """Every account pays a few others again and again; a part of the launderers' amounts are like everybody's."""
    world = World(np.random.default_rng(seed), days)
    rng = world.rng
    weight = rng.pareto(1.6, accounts) + 0.3
    for account in range(accounts):
        partners = rng.choice(accounts, max(1, min(int(rng.pareto(1.4) + 1), 25)), p=weight / weight.sum())
        base = rng.uniform(100, 1000)
        every = rng.choice([7, 10, 14, 30, 60])
        forwards = rng.random() < 0.12
        for moment in np.arange(rng.random() * every, days, every):
            partner = partners if rng.random() < 0.1 else [rng.choice(partners)]
            for other in partner:
                amount = base * rng.uniform(0.8, 1.2)
                world.pay(moment, account, int(other), amount)
                if forwards:
                    onward = int(rng.choice(partners))
                    world.pay(moment + 1 + rng.random() * 3, int(other), onward, amount * rng.uniform(0.85, 1))
    for _ in range(attempts):
        group = rng.choice(accounts, int(rng.integers(5, 12)), replace=False, p=weight / weight.sum()).tolist()
        low, high = (100, 1000) if rng.random() < close else (250, 1600)
        draw = lambda number, low=low, high=high: rng.uniform(low, high, number)  # noqa: E731
        kind, first = str(rng.choice(REPEATING)), rng.random() * (days - period)
        SHAPES[kind](Attempt(world, kind, group, first, period, draw, 0.1))
    return world.frame()


def salaried(
    seed: int, *, people: int = 6_000, days: int = 200, attempts: int = 45, period: int = 20, again: float = 0.4
) -> pl.DataFrame:
    """Wages, spending and payments between acquaintances, some in bursts of their own; launderers pay a little more."""
    world = World(np.random.default_rng(seed), days)
    rng = world.rng
    weight = rng.pareto(1.8, people) + 0.2
    weight /= weight.sum()
    wages = rng.lognormal(8.0, 0.4, people)
    normal = lambda number, mean=600, spread=250: np.abs(rng.normal(mean, spread, number)) + 5  # noqa: E731
    for person in range(people):
        for month in range(days // 28 + 1):
            world.pay(month * 28 + 25, "EMPLOYERS", person, wages[person])
            world.pay(month * 28 + 25 + rng.integers(1, 4), person, "SHOPS", wages[person] * rng.uniform(0.3, 0.7))
        for moment in rng.random(rng.poisson(days / 14)) * days:
            world.pay(
                moment, person, "SHOPS", normal(1, 500, 100)[0], kind="CASH" if rng.random() < 0.1 else "TRANSFER"
            )
        friends = rng.choice(people, int(rng.integers(1, 5)), p=weight)
        for moment in rng.random(rng.poisson(days / 25)) * days:
            world.pay(moment, person, int(rng.choice(friends)), normal(1)[0])
    for _ in range(people // 12):  # what people do together: gifts, rounds, collections
        size, first = int(rng.integers(3, 9)), rng.random() * (days - 15)
        group = rng.choice(people, size + 1, replace=False, p=weight).tolist()
        kind = str(rng.choice(["fan_in", "fan_out", "gather_scatter"]))
        before = len(world.rows)
        SHAPES[kind](Attempt(world, kind, group, first, rng.uniform(3, 25), normal, 0.05))
        world.rows[before:] = [(*row[:5], 0, "") for row in world.rows[before:]]
    pool: list[int] = []
    for _ in range(attempts):
        size = int(rng.integers(4, 10))
        old = [person for person in pool if rng.random() < again * size / max(len(pool), 1)]
        fresh = rng.choice(people, size, replace=False, p=weight).tolist()
        group = list(dict.fromkeys(old + fresh))[: max(size, 4)]
        rng.shuffle(group)
        pool = list(dict.fromkeys(pool + group))
        draw = lambda number: np.abs(rng.normal(667, 207, number)) + 5  # noqa: E731
        kind, first = str(rng.choice(list(SHAPES))), rng.random() * (days - period)
        SHAPES[kind](Attempt(world, kind, group, first, period, draw, 0.1))
    return world.frame()
