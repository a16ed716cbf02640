"""A world in the manner of AMLGentex (Östman and others 2025), written anew from what its behaviour is described to be.

A scale-free circle of acquaintances pays one another in ordinary patterns; everybody gets wages, pays rent and spends nearly
every day. Launderers are the same people, some again and again: their patterns come in bursts, their payments are a little
larger, their spending varies more and is sometimes cash. The label is of the pattern's payments alone.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from bench.learning.generators import SHAPES, Attempt, World

_MONTH, _PAYDAY = 28, 25
_ORDINARY = {"single": 0.3, "fan_in": 0.15, "fan_out": 0.15, "forward": 0.15, "mutual": 0.15, "periodical": 0.1}


@dataclass(frozen=True)
class Habits:
    """How launderers differ: mean and spread of what they launder, spread of what they spend, share of it in cash, how
    bunched a pattern is (1: not at all), and how often who laundered before does again."""

    mean: float = 690.0
    spread: float = 230.0
    spending: float = 170.0
    cash: float = 0.15
    bunched: float = 6.0
    again: float = 0.35


def networked(
    seed: int, *, people: int = 6_000, days: int = 112, attempts: int = 40, habits: Habits | None = None
) -> pl.DataFrame:
    """Payments with labels and typologies; about one in a thousand is laundering."""
    habits = habits or Habits()
    world = World(np.random.default_rng(seed), days)
    rng = world.rng
    degree = np.minimum((rng.pareto(1.5, people) + 1).astype(int), 150)
    chance = degree / degree.sum()
    circles = [rng.choice(people, max(int(number), 2), p=chance) for number in degree]
    for kind in rng.choice(list(_ORDINARY), int(people * 1.2), p=list(_ORDINARY.values())):
        main = int(rng.choice(people, p=chance))
        _ordinary(
            world, str(kind), main, [int(other) for other in dict.fromkeys(circles[main].tolist()) if other != main]
        )
    launderers = _launder(world, people, attempts, habits, np.sqrt(chance) / np.sqrt(chance).sum())
    _live(world, people, launderers, habits)
    return world.frame()


def _ordinary(world: World, kind: str, main: int, others: list[int]) -> None:
    rng = world.rng
    length = float(np.clip(rng.lognormal(2.9, 0.47), 2, world.days - 1))
    first, bunched = rng.random() * (world.days - length), rng.choice([1, 2, 6, 20])
    moments = first + np.sort(rng.beta(1, bunched, 12)) * length
    amounts = np.abs(rng.normal(600, 250, 12)) + 1
    if kind in {"fan_in", "fan_out"}:
        for moment, amount, other in zip(moments, amounts, others[: int(rng.integers(3, 12))], strict=False):
            world.pay(moment, *((other, main) if kind == "fan_in" else (main, other)), amount)
    elif kind == "periodical":
        for number, moment in enumerate(np.arange(first, world.days, rng.choice([7, 14, 28]))):
            world.pay(moment, main, others[number % min(3, len(others))], np.abs(rng.normal(600, 250)) + 1)
    elif others:
        world.pay(moments[0], main, others[0], amounts[0])
        if kind == "mutual":
            world.pay(moments[1], others[0], main, amounts[0])
        if kind == "forward" and len(others) > 1:
            world.pay(moments[1], others[0], others[1], amounts[1])


def _launder(world: World, people: int, attempts: int, habits: Habits, chance: Any) -> set[int]:
    rng, known = world.rng, list[int]()
    for _ in range(attempts):
        size = int(rng.integers(5, 14))
        old = [person for person in known if rng.random() < habits.again * size / max(len(known), 1)]
        group = list(dict.fromkeys([*old, *rng.choice(people, size, replace=False, p=chance).tolist()]))[:size]
        rng.shuffle(group)
        known = list(dict.fromkeys(known + group))
        period = float(np.clip(rng.lognormal(2.9, 0.4), 4, world.days / 2))
        draw = lambda number: np.abs(rng.normal(habits.mean, habits.spread, number)) + 1  # noqa: E731
        kind = str(rng.choice(list(SHAPES)))
        first = rng.random() * (world.days - period)
        SHAPES[kind](Attempt(world, kind, group, first, period, draw, 0.1, habits.bunched))
    return set(known)


def _live(world: World, people: int, launderers: set[int], habits: Habits) -> None:
    """Wages, rents, and what is spent: by who launders with a wider spread, and partly in cash."""
    rng = world.rng
    launders = np.isin(np.arange(people), list(launderers))
    wages = rng.lognormal(10.2, 0.35, people)
    for day in range(world.days):
        if day % _MONTH == _PAYDAY:
            for person in range(people):
                world.pay(day, "EMPLOYERS", person, wages[person])
                world.pay(day + int(rng.integers(1, 4)), person, "SHOPS", wages[person] * rng.normal(0.5, 0.1))
        spends = np.flatnonzero(rng.random(people) < 0.3)
        amounts = np.abs(rng.normal(500, np.where(launders[spends], habits.spending, 100))) + 1
        cash = launders[spends] & (rng.random(len(spends)) < habits.cash)
        for person, amount, is_cash in zip(spends.tolist(), amounts.tolist(), cash.tolist(), strict=True):
            world.pay(day, person, "SHOPS", amount, kind="CASH" if is_cash else "TRANSFER")
