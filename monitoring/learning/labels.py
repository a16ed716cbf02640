"""Labels of a file: 1, 0, or -1 where an event has none; of its rows, or of its accounts in a table beside."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from monitoring.files.reading import LINE, read_table

Labels = npt.NDArray[np.int8]
_YES = frozenset({"1", "true", "yes", "y", "t", "sar", "fraud", "suspicious", "anomaly", "laundering", "positive"})
_NO = frozenset({"0", "false", "no", "n", "f", "normal", "legit", "negative", "none", "-1"})
TYPOLOGY_COLUMNS = ("typology", "anomaly_type", "alert_type", "alertType", "modelType", "model_type", "Laundering_type")


class LabelInvalid(Exception):
    """The column is no label; the message says why."""


def as_labels(column: pl.Series) -> Labels:
    """A column of truth values, numbers or words as labels; raises LabelInvalid for other words."""
    if column.dtype == pl.Boolean or column.dtype.is_numeric():
        return (
            column.cast(pl.Float64)
            .fill_nan(None)
            .map_elements(lambda value: 1 if value > 0 else 0, pl.Int8)
            .fill_null(-1)
            .to_numpy()
        )
    words = column.cast(pl.String).str.strip_chars().str.to_lowercase().str.replace(r"\.0+$", "")
    known = dict.fromkeys(_YES, 1) | dict.fromkeys(_NO, 0) | {"": -1}
    strange = sorted(set(words.drop_nulls().unique().to_list()) - set(known))
    if strange:
        raise LabelInvalid(f"`{column.name}` has `{strange[0]}`, which is neither yes nor no: 1 and 0, true and false")
    return _numbers(words.replace_strict(known, default=-1, return_dtype=pl.Int8))


def _numbers(told: pl.Series) -> Labels:
    return np.asarray(told.fill_null(-1).to_numpy(), dtype=np.int8)


def labels_of_rows(path: Path, label: str, lines: pl.Series) -> tuple[Labels, list[str]]:
    """Labels and typologies of the file's events at `lines`; raises LabelInvalid where there is no such column."""
    raw = read_table(path).with_row_index(LINE, offset=2)
    if label not in raw.columns:
        raise LabelInvalid(f"the file has no column `{label}`: it has {', '.join(raw.columns[1:])}")
    kept = lines.to_frame(LINE).join(
        raw.with_columns(pl.col(LINE).cast(lines.dtype)), on=LINE, how="left", maintain_order="left"
    )
    return as_labels(kept[label]), _typologies(kept, label)


def _typologies(raw: pl.DataFrame, label: str) -> list[str]:
    """The first column that names typologies, such as a generator's own; no model ever sees it."""
    for name in TYPOLOGY_COLUMNS:
        if name in raw.columns and name != label:
            return raw[name].cast(pl.String).fill_null("").to_list()
    return [""] * len(raw)


def labels_of_accounts(path: Path, label: str, key: str, accounts: list[pl.Series]) -> Labels:
    """Labels of events by those of their accounts in a table: 1 where every account that takes part is labelled."""
    table = read_table(path)
    for name in (label, key):
        if name not in table.columns:
            raise LabelInvalid(f"{path.name} has no column `{name}`: it has {', '.join(table.columns)}")
    known = dict(zip(table[key].cast(pl.String).to_list(), as_labels(table[label]).tolist(), strict=True))
    told: list[Any] = [_numbers(names.replace_strict(known, default=-1, return_dtype=pl.Int8)) for names in accounts]
    return np.asarray(np.minimum.reduce(told), dtype=np.int8)


def labels_of_table(path: Path, label: str, key: str, event_ids: pl.Series) -> tuple[Labels, list[str]]:
    """Labels and typologies of events by a table that names them; an event that it does not name has none."""
    table = read_table(path)
    for name in (label, key):
        if name not in table.columns:
            raise LabelInvalid(f"{path.name} has no column `{name}`: it has {', '.join(table.columns)}")
    told = table.with_columns(
        pl.Series("_label", as_labels(table[label])), pl.Series("_kind", _typologies(table, label))
    )
    kept = event_ids.cast(pl.String).to_frame("_id").join(
        told.select(pl.col(key).cast(pl.String).alias("_id"), "_label", "_kind").unique("_id"), on="_id", how="left",
        maintain_order="left",
    )  # fmt: skip
    return _numbers(kept["_label"]), kept["_kind"].fill_null("").to_list()
