"""Rates for files that come without: so that amounts in different currencies are of one size.

Rounded orders of magnitude, about what the euro cost on average in 2022, written down by hand and checked against no
publication: they are good for comparing sizes in files from the command line, and nothing else. What is delivered to the
product is never converted by them but by the dated table of exchange rates; on the command line a table of dated rates
(`currency,on,per_base`) takes their place where one is given.
"""

import polars as pl

PER_EURO = {
    "EUR": 1.0, "USD": 1.0530, "GBP": 0.8528, "CHF": 1.0047, "JPY": 138.03, "CNY": 7.0788, "CAD": 1.3695, "AUD": 1.5167,
    "INR": 82.686, "MXN": 21.187, "BRL": 5.4399, "ILS": 3.5345, "RUB": 85.7, "SAR": 3.9488, "SEK": 10.630, "NOK": 10.103,
    "DKK": 7.4396, "PLN": 4.6861, "CZK": 24.566, "HUF": 391.29, "TRY": 17.409, "ZAR": 17.209, "SGD": 1.4512,
    "HKD": 8.2451, "KRW": 1358.07, "NZD": 1.6582, "THB": 36.856, "AED": 3.8673, "MAD": 10.68, "NGN": 447.0,
    "PKR": 214.5, "ALL": 119.0,
}  # fmt: skip


def fixed_rates(base: str) -> pl.DataFrame:
    """The rates above as a table of rates of units per one of `base`, valid at any time."""
    unit = PER_EURO.get(base)
    if unit is None:
        raise ValueError(f"there is no reference rate of {base}; give a table of rates")
    rows = [{"currency": code, "on": "1970-01-01", "per_base": rate / unit} for code, rate in PER_EURO.items()]
    return pl.DataFrame(rows)


def converted(amount: str, currency: str, time: str, rates: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """`amount` in the base currency by the newest rate up to the day; a currency without a rate leaves it missing."""
    dated = rates.select(
        "currency", pl.col("on").cast(pl.String).str.to_date().alias("on"), pl.col("per_base").cast(pl.Float64)
    )
    wanted = frame.with_columns(pl.col(time).dt.date().alias("_day")).with_row_index("_row")
    joined = wanted.sort("_day").join_asof(
        dated.rename({"currency": "_currency"}).sort("on"), left_on="_day", right_on="on", by_left=currency,
        by_right="_currency", check_sortedness=False,
    ).sort("_row")  # fmt: skip
    base = (pl.col(amount) / pl.col("per_base")).round(2)
    return joined.with_columns(base.alias(amount)).drop("_day", "_row", "on", "per_base")
