"""What a version is measured beside: a random forest with class weights over few plain columns of the same events."""

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import RandomForestClassifier

from monitoring.learning.estimators import Scores, Settings, learnt_from
from monitoring.learning.matrix import Floats, Matrix

_SPAN, _MISSING = "14d", -1.0
_TREES, _MOST_OTHERS = 200, 300_000
PLAIN = (
    "log amount", *(f"{side}: {what} {way} in 14 days" for side in ("sender", "receiver") for way in ("in", "out")
                    for what in ("count", "sum", "counterparties")),
    "pass-through", "days since the last credit", "new pair", "amount by mean",
)  # fmt: skip


def plain_columns(matrix: Matrix) -> Floats:
    """The columns of PLAIN (finance); of other domains every column as it is, categories left out."""
    if not any(column.code == "sender_in_14d_count" for column in matrix.columns):
        return np.asarray(np.nan_to_num(matrix.values, nan=_MISSING))
    windows = [matrix[f"{side}_{way}_{_SPAN}_{what}"] for side in ("sender", "receiver") for way in ("in", "out")
               for what in ("count", "sum", "parties")]  # fmt: skip
    passed = matrix[f"sender_out_{_SPAN}_sum"] / np.maximum(matrix[f"sender_in_{_SPAN}_sum"], 1)
    novel = (matrix["pair_count"] == 0).astype(np.float32)
    found = [
        np.log1p(matrix["amount"]),
        *windows,
        passed,
        matrix["sender_since_credit"],
        novel,
        matrix["sender_amount_by_mean"],
    ]
    return np.asarray(np.nan_to_num(np.column_stack(found), nan=_MISSING), dtype=np.float32)


def baseline_scores(
    matrix: Matrix, labels: npt.NDArray[Any], learns: npt.NDArray[np.bool_], settings: Settings
) -> Scores:
    """The scores of the baseline for every event, learnt from the same events as the version."""
    values = plain_columns(matrix)
    rows = np.flatnonzero(learns & (labels >= 0))
    rows = rows[learnt_from(labels[rows], hard=_MOST_OTHERS, easy=0)[0]]
    plain = RandomForestClassifier(
        _TREES, class_weight="balanced_subsample", min_samples_leaf=2, max_features="sqrt", n_jobs=settings.cores,
        random_state=settings.seed,
    )  # fmt: skip
    return np.asarray(plain.fit(values[rows], labels[rows]).predict_proba(values)[:, 1])
