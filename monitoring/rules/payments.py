"""Rows as payments from one account to another, and the shapes that these make."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from monitoring.domains.base import Domain
from monitoring.features import network
from monitoring.features.layout import Floats, Ints, codes_of
from monitoring.rules.tree import Network


@dataclass(frozen=True)
class Edges:
    """The payments of some rows, each once however many of its sides have a row, and for every row the place of the payment
    that it sent or received; -1 where it is none."""

    payments: network.Payments
    sent: Ints
    received: Ints


def edges_of(frame: pl.DataFrame, domain: Domain) -> Edges:
    """The same payment seen from both sides has the same accounts, time and amount."""
    facet = domain.payments
    if facet is None:
        raise TypeError(f"{domain.code} has no payments")
    outgoing = pl.col(facet.direction) == facet.outgoing
    own, other = pl.col(facet.own).fill_null(pl.col(domain.subject)), pl.col(facet.other)
    told = frame.select(
        pl.when(outgoing).then(own).otherwise(other).alias("source"),
        pl.when(outgoing).then(other).otherwise(own).alias("target"),
        pl.col(domain.time).alias("time"), pl.col(facet.amount).alias("amount"), outgoing.alias("outgoing"),
    ).with_row_index("row")  # fmt: skip
    complete = told.drop_nulls()
    keys = ["time", "source", "target", "amount"]
    # the n-th of equal payments seen from one side is the n-th seen from the other
    complete = complete.with_columns(pl.int_range(pl.len()).over([*keys, "outgoing"]).alias("nth"))
    edges = complete.select([*keys, "nth"]).unique().sort([*keys, "nth"]).with_row_index("edge")
    placed = complete.join(edges, on=[*keys, "nth"], how="left")
    names = pl.concat([edges["source"], edges["target"]])
    codes = codes_of(names)
    payments = network.Payments(
        codes[: len(edges)], codes[len(edges) :], edges["time"].dt.epoch("us").to_numpy(), edges["amount"].to_numpy()
    )
    sent, received = (np.full(len(frame), -1, dtype=np.int64) for _ in range(2))
    for places, side in ((sent, pl.col("outgoing")), (received, ~pl.col("outgoing"))):
        rows = placed.filter(side)
        places[rows["row"].to_numpy()] = rows["edge"].to_numpy()
    return Edges(payments, sent, received)


def shapes(node: Network, edges: Edges, length: int) -> Floats:
    """For every row how large the shape is that its payment completes within `length` microseconds; 0 where none."""
    payments = replace(edges.payments, low=node.low, high=node.high, least=node.least)
    sent, received = edges.sent, edges.received
    if not len(payments.times):
        return np.zeros(len(sent))
    if node.shape == "scatter_gather":
        by_end, by_origin = network.gathered(payments, length)
        values = np.where(received >= 0, by_end[received], np.where(sent >= 0, by_origin[sent], 0))
    else:
        measure = network.cycles if node.shape == "cycle" else network.chains
        found = measure(payments, length, node.hops)
        place = np.maximum(received, sent)
        values = np.where(place >= 0, found[place], 0)
    return values.astype(np.float64)
