"""Taking in the rows of a table by column. What `take_in` does, for the rows that are surely good without an object each;
all others take its way. Loads Polars; only workers do."""

import io
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import connection, transaction

from accounts.models import ApiClient
from accounts.selectors import api_client_for_actor
from core.actor import Actor
from core.clock import now
from core.ids import new_ids
from monitoring.deliveries import DeliveredRow
from monitoring.intake.bycolumn import ROW, ReadTable
from monitoring.intake.kinds import TRANSACTION
from monitoring.models import Ingest, Transaction
from monitoring.selectors import archived_through, customer_keys, customers_by_account, rate_on
from monitoring.services.ingestion import SIDES, base_amount, cells_of_side
from monitoring.services.storing import store_new, store_text
from monitoring.services.taking import (
    Deliverable,
    Good,
    IngestResult,
    RejectedRow,
    checked_rows,
    settle,
    store_good,
    with_customers,
)

_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN_AMOUNT = r"^[0-9]+(\.[0-9]{1,2})?$"
_WHOSE = {"_key": pl.String, "customer_id": pl.String, "client_id": pl.String}
Owners = dict[str, tuple[UUID, UUID | None]]  # external id to the customer and the client that registered it
_COLUMNS = ["id", "created_at", "ingest_id", "client_id", "customer_id", "base_amount",
            *(name for name in TRANSACTION.cells if name != "customer_external_id")]  # fmt: skip


@transaction.atomic
def take_table(
    deliverable: Deliverable, read: ReadTable, *, by: Actor, ingest: Ingest, owners: Owners | None = None
) -> IngestResult:
    """Stores the good rows of a table of transactions or payments, which wait to be assessed as a whole file.

    `owners` is what the tables of one file remember of whose the external ids are: most come again in every table.
    Side effects: those of `take_in`.
    """
    client, rejected = api_client_for_actor(by), list[RejectedRow]()
    rows = _sided(deliverable, read.sure)
    if through := archived_through():
        rows = rows.filter(pl.col("booked_at") >= through)
    twice = rows.filter(pl.col("external_id").is_duplicated())[ROW].unique()
    rows = _with_base_amount(
        _with_customer(rows.filter(~pl.col(ROW).is_in(twice.implode())), client, {} if owners is None else owners)
    )
    rows = rows.with_columns(pl.Series("id", new_ids(len(rows)), dtype=pl.String))
    left = {*read.rest, *read.sure[ROW]} - set(rows[ROW])
    good = _by_row(deliverable, [*read.table.odd, *(read.row(place) for place in left)], client, rejected)
    known = rows.filter(pl.col("id").is_in(_stored(rows, ingest)))
    same = _by_row(deliverable, [read.row(place) for place in known[ROW].unique()], client, rejected)
    wanted = set(known["external_id"])
    good += [item for item in same if item[1].external_id in wanted]
    fresh, duplicates = store_good(deliverable, good, ingest, rejected)
    return settle(deliverable, ingest, len(rows) - len(known) + len(fresh), duplicates, rejected, by)


def _by_row(
    deliverable: Deliverable, rows: list[DeliveredRow], client: ApiClient | None, rejected: list[RejectedRow]
) -> list[Good]:
    """These rows as reading row by row makes them."""
    in_order = sorted(rows, key=lambda row: row.line)
    return with_customers(deliverable, checked_rows(deliverable.shape, in_order, rejected), client, rejected)


def _sided(deliverable: Deliverable, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as transactions, of each side that has an account."""
    if deliverable.shape is TRANSACTION:
        return rows
    empty = pl.lit("").alias("customer_external_id")
    sides = [
        rows.filter(pl.col(f"{own}_account") != "").select(
            ROW, empty, pl.format("{}/{}", "transaction_id", pl.lit(direction)).alias("external_id"),
            pl.lit(direction).alias("direction"),
            *(pl.col(source).alias(name) for name, source in cells_of_side(own, other).items()),
        )
        for own, other, direction in SIDES
    ]  # fmt: skip
    currency = pl.col("currency")
    base = pl.when(currency == "").then(pl.lit(settings.BASE_CURRENCY)).otherwise(currency)
    return pl.concat(sides).with_columns(base.alias("currency")).sort(ROW, maintain_order=True)


def _with_customer(rows: pl.DataFrame, client: ApiClient | None, owners: Owners) -> pl.DataFrame:
    """Those of exactly one customer: the one that a row names or, where it names none, whose account it is."""
    is_named = pl.col("customer_external_id") != ""
    named = set(rows.filter(is_named)["customer_external_id"].unique())
    unnamed = set(rows.filter(~is_named)["account"].unique())
    told = customer_keys(named - owners.keys(), client)
    owners.update((name, found[0]) for name, found in told.items() if len(found) == 1)
    keys = {name: owners[name] for name in named if name in owners}
    holders = {
        name: (found[0].pk, found[0].registered_by_client_id)
        for name, found in (customers_by_account(unnamed, client) if unnamed else {}).items()
        if len(found) == 1
    }
    parts = [
        rows.filter(condition).join(_whose(found), left_on=column, right_on="_key", how="inner", maintain_order="left")
        for condition, column, found in (
            (is_named, "customer_external_id", keys), (~is_named, "account", holders),
        )
    ]  # fmt: skip
    return pl.concat(parts)


def _whose(found: Owners) -> pl.DataFrame:
    told = [(name, pk.hex, client.hex if client else None) for name, (pk, client) in found.items()]
    return pl.DataFrame(told, schema=_WHOSE, orient="row")


def _with_base_amount(rows: pl.DataFrame) -> pl.DataFrame:
    """Those of which the amount in the base currency is known, with it."""
    is_plain = (pl.col("currency") == settings.BASE_CURRENCY) & pl.col("amount").str.contains(_PLAIN_AMOUNT)
    plain, others = rows.filter(is_plain), rows.filter(~is_plain)
    rates: dict[tuple[str, date], Decimal | None] = {}
    amounts: list[str | None] = []
    told = others.select("amount", "currency", pl.col("booked_at").dt.date())
    for amount, currency, day in told.iter_rows():
        if (currency, day) not in rates:
            rates[currency, day] = rate_on(currency, day)
        rate = rates[currency, day]
        base = base_amount(Decimal(amount), rate) if rate is not None else None
        amounts.append(None if base is None else str(base))
    converted = others.with_columns(pl.Series("base_amount", amounts, dtype=pl.String)).drop_nulls("base_amount")
    return pl.concat([plain.with_columns(pl.col("amount").alias("base_amount")), converted]).sort(
        ROW, maintain_order=True
    )


def _stored(rows: pl.DataFrame, ingest: Ingest) -> list[str]:
    """Stores the rows that are new; the keys of the others, in hexadecimal."""
    if rows.is_empty():
        return []
    whole = rows.with_columns(pl.lit(now()).alias("created_at"), pl.lit(ingest.pk.hex).alias("ingest_id"))
    if connection.vendor == "postgresql":
        return [pk.hex for pk in store_text(Transaction, _COLUMNS, _lines(whole.select(_COLUMNS)), len(rows))]
    made = [_made(row) for row in whole.select(_COLUMNS).iter_rows(named=True)]
    stored = store_new(Transaction, made)
    return [row.pk.hex for row in made if row.pk not in stored]


def _made(values: dict[str, Any]) -> Transaction:
    keys = {
        name: UUID(values[name]) if values[name] else None for name in ("id", "ingest_id", "client_id", "customer_id")
    }
    amounts = {name: Decimal(values[name]) for name in ("amount", "base_amount")}
    return Transaction(**{**values, **keys, **amounts})


def _lines(rows: pl.DataFrame) -> io.BytesIO:
    """The rows in COPY's text format."""
    texts = pl.col(pl.String)
    for sign, escaped in _ESCAPED.items():
        texts = texts.str.replace_all(sign, escaped, literal=True)
    lines = io.BytesIO()
    rows.with_columns(texts, pl.col(pl.Datetime).dt.strftime("%Y-%m-%d %H:%M:%S%.6f+00")).write_csv(
        lines, include_header=False, separator="\t", quote_style="never", null_value="\\N"
    )
    lines.seek(0)
    return lines
