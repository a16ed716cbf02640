"""Categories as numbers and missing values as values, the same way in training and afterwards; and said so."""

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from monitoring.learning.matrix import Floats, Matrix

MOST_CATEGORIES, OTHER = 30, "(other)"


@dataclass(frozen=True)
class Encoder:
    """Categories by frequency in training (1 is the most frequent; 0: any other), and medians that stand in where a
    model cannot do without a value. `missing` is the share of training events without one."""

    columns: tuple[str, ...]
    categories: dict[str, list[str]] = field(default_factory=dict)
    medians: dict[str, float] = field(default_factory=dict)
    missing: dict[str, float] = field(default_factory=dict)

    def encoded(self, matrix: Matrix) -> Floats:
        """The values of `columns`, categories as numbers; missing ones stay missing."""
        codes = [column.code for column in matrix.columns]
        found = np.full((len(matrix.values), len(self.columns)), np.nan, dtype=np.float32)
        for number, code in enumerate(self.columns):
            if code in matrix.categories:
                order = {name: float(place) for place, name in enumerate(self.categories.get(code, []), start=1)}
                texts = matrix.categories[code]
                told = texts.replace_strict(order, default=0.0, return_dtype=pl.Float32)
                found[:, number] = (
                    pl.select(pl.when(pl.lit(texts).is_not_null()).then(pl.lit(told))).to_series().to_numpy()
                )
            elif code in codes:
                found[:, number] = matrix.values[:, codes.index(code)]
        return found

    def imputed(self, values: Floats) -> Floats:
        """Encoded values with the training medians in place of missing ones."""
        medians = np.array([self.medians[code] for code in self.columns], dtype=np.float32)
        return np.where(np.isnan(values), medians, values)

    def shown(self, code: str, value: float) -> Any:
        """An encoded value as people read it: None where missing, the category's name, or the number."""
        if np.isnan(value):
            return None
        if code in self.categories:
            return self.categories[code][int(value) - 1] if value >= 1 else OTHER
        return float(value)

    def of(self, useful: npt.NDArray[np.bool_]) -> "Encoder":
        """The same of some of the columns."""
        kept = tuple(code for code, is_useful in zip(self.columns, useful.tolist(), strict=True) if is_useful)
        categories = {code: self.categories[code] for code in kept if code in self.categories}
        medians, missing = (
            {code: told[code] for code in kept if code in told} for told in (self.medians, self.missing)
        )
        return Encoder(kept, categories, medians, missing)

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def encoder_of(matrix: Matrix, rows: Any) -> Encoder:
    """The encoder of the events that `rows` (a mask) chooses; columns that are always empty or the same are left out."""
    kept: list[str] = []
    categories: dict[str, list[str]] = {}
    medians: dict[str, float] = {}
    missing: dict[str, float] = {}
    for number, column in enumerate(matrix.columns):
        if column.code in matrix.categories:
            texts = matrix.categories[column.code].filter(pl.Series(rows)).drop_nulls()
            names = texts.value_counts(sort=True, name="n").sort(["n", texts.name], descending=[True, False])[
                texts.name
            ]
            if len(names) > 1:
                categories[column.code] = names.head(MOST_CATEGORIES).to_list()
                medians[column.code], missing[column.code] = 1.0, 1 - len(texts) / max(int(np.sum(rows)), 1)
                kept.append(column.code)
            continue
        values = matrix.values[rows, number]
        present = values[~np.isnan(values)]
        if len(present) and present.min() < present.max():
            kept.append(column.code)
            medians[column.code] = float(np.median(present))
            missing[column.code] = round(1 - len(present) / len(values), 6)
    return Encoder(tuple(kept), categories, medians, missing)


def with_columns(matrix: Matrix, columns: tuple[Any, ...], values: Floats) -> Matrix:
    """The matrix with more columns."""
    return Matrix((*matrix.columns, *columns), np.hstack([matrix.values, values]), matrix.categories)
