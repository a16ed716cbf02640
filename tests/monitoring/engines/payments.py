"""Payments of many small towns, each with a little laundering, so that every kind of scenario has something to find."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

START = datetime(2026, 1, 5, tzinfo=UTC)


def write_payments(path: Path, towns: int = 12) -> Path:
    """A file of finance events; towns pay only within themselves."""
    rng = np.random.default_rng(11)
    rows: list[tuple[float, str, str, float]] = []
    for town in range(towns):
        people = [f"{town}-{number}" for number in range(8)]
        for _ in range(60):
            sender, receiver = rng.choice(8, 2, replace=False)
            rows.append((rng.random() * 80, people[sender], people[receiver], round(float(rng.lognormal(4, 0.6)), 2)))
        rows += _laundered(town, people, 70 + rng.random() * 5)
    rows.sort()
    frame = pl.DataFrame({
        "transaction_id": [f"T{number}" for number in range(len(rows))],
        "timestamp": [(START + timedelta(days=row[0])).isoformat(timespec="seconds") for row in rows],
        "sender_account": [row[1] for row in rows], "receiver_account": [row[2] for row in rows],
        "amount": [row[3] for row in rows], "currency": ["EUR"] * len(rows),
    })  # fmt: skip
    frame.write_csv(path)
    return path


def _laundered(town: int, people: list[str], day: float) -> list[tuple[float, str, str, float]]:
    me, *others = (f"{town}-x{number}" for number in range(9))
    ring = [(day + place / 9, people[place], people[(place + 1) % 3], 6000.0 - place) for place in range(3)]
    fan = [(day + place / 5, f"{town}-s{place}", me, 4000.0 + place) for place in range(4)]
    spread = [(day + 1 + place / 7, me, f"{town}-m{place}", 3500.0) for place in range(4)]
    met = [(day + 3 + place / 7, f"{town}-m{place}", others[0], 3300.0) for place in range(4)]
    layers = [
        (day + place / 9, f"{town}-p{place}", f"{town}-q{target}", 2000.0) for place in range(5) for target in range(4)
    ]
    return [*ring, *fan, *spread, *met, *layers]
