"""Months of transactions as sealed Parquet files beside the database: what was moved out of it lies here and nowhere else.

Unlike a snapshot, which is a copy, an archived month cannot be rebuilt. `files` loads no Polars, `table` does.
"""
