"""A small world of payments, made here: people pay a few others now and then, and eight times money fans in and goes on."""

from datetime import UTC, datetime

import numpy as np
import polars as pl

from monitoring.domains import domain_of
from monitoring.files.frames import event_frame
from monitoring.files.rates import fixed_rates
from monitoring.files.reading import read_events
from monitoring.learning.dataset import Part, dataset_of
from monitoring.learning.labels import labels_of_rows

START = datetime(2025, 1, 1, tzinfo=UTC)


def payments(seed=3, people=150, days=160, attempts=14):
    """As a frame of the finance columns with `is_laundering` and `typology`."""
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        friends = rng.choice(people, 3)
        moments = rng.random(rng.poisson(days / 12)) * days
        rows += [(day, person, int(rng.choice(friends)), rng.lognormal(5, 0.6), 0, "") for day in moments]
    for attempt in range(attempts):
        first, ring = attempt * (days - 14) / attempts, rng.choice(people, 7, replace=False).tolist()
        for number, member in enumerate(ring[2:]):
            rows.append((first + number, member, ring[0], rng.uniform(800, 900), 1, "fan-in"))
        rows.append((first + 7, ring[0], ring[1], 4000, 1, "fan-in"))
    rows = sorted(row for row in rows if row[1] != row[2])
    made = pl.DataFrame(rows, schema=["day", "s", "r", "amount", "is_laundering", "typology"], orient="row")
    return made.with_row_index("n").select(
        pl.format("T{}", "n").alias("transaction_id"),
        (pl.lit(START) + pl.duration(seconds=(pl.col("day") * 86_400).cast(pl.Int64))).dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias("timestamp"),
        pl.format("A{}", "s").alias("sender_account"), pl.format("A{}", "r").alias("receiver_account"),
        pl.col("amount").round(2), pl.lit("EUR").alias("currency"),
        pl.when(pl.col("n") % 3 == 0).then(pl.lit("card")).otherwise(pl.lit("transfer")).alias("transaction_type"),
        "is_laundering", "typology",
    )  # fmt: skip


def part_of(path, label="is_laundering"):
    """The labelled events of a file."""
    finance = domain_of("finance")
    events = event_frame(read_events(path, finance), finance, {}, fixed_rates("EUR"))
    return Part(events, *labels_of_rows(path, label, events.event_ids["id"].cast(pl.UInt32)))


def dataset_in(folder, frame):
    """A frame of payments written and read as a dataset."""
    path = folder / "payments.csv"
    frame.write_csv(path)
    return dataset_of("finance", [part_of(path)])
