"""Parquet files of a domain's rows beside the database, one a month: what backtests read instead of the database.

The database is the truth; a snapshot can be thrown away and rebuilt at any time. `manifest` and `sources` load no Polars,
`writing` and `reading` do.
"""
