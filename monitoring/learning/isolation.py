"""Why the isolation forest finds an event unusual: each column's share in how soon the forest sets the event apart.

The forest's figure is 2 to the power of -(mean path length / c), c the mean path length of an unsuccessful search among its
sample (Liu, Ting, Zhou 2008, eq. 2). Contributions are Shapley values of that power by TreeSHAP (Lundberg et al. 2020, the
path-dependent form) over the forest's own trees, path lengths standing at their leaves: with the base (what the sample comes
to) they add up to the binary logarithm of the figure exactly. One doubling is 1; more than 0 means set apart sooner.
LightGBM has TreeSHAP in C++, so the trees are handed to it as one of its models.
"""

from collections.abc import Iterable
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import IsolationForest

from monitoring.learning.estimators import Scores
from monitoring.learning.matrix import Floats

_LEAF, _NO_GAPS = -1, 2  # sklearn's mark of a leaf; LightGBM's decision type `<=` where nothing is missing
_PAIR = 2  # of two events one split tells them apart


def unusual_contributions(booster: lightgbm.Booster, imputed: Floats, *, cores: int = 1) -> tuple[Floats, Scores]:
    """(amount by event and column, base by event) of a forest that `as_booster` made; together log2 of the figure."""
    told = np.asarray(booster.predict(imputed, pred_contrib=True, num_threads=cores))
    return told[:, :-1].astype(np.float32), told[:, -1]


def as_booster(forest: IsolationForest) -> lightgbm.Booster:
    """The forest as a booster whose raw score is log2 of how unusual an event is."""
    scale = -1 / (len(forest.estimators_) * float(_expected_path(np.array([forest.max_samples_]))[0]))
    trees = [_written(number, made.tree_, scale) for number, made in enumerate(forest.estimators_)]
    width = int(forest.n_features_in_)
    head = (
        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n"
        f"max_feature_idx={width - 1}\nobjective=regression\n"
        f"feature_names={_line(f'c{at}' for at in range(width))}\nfeature_infos={_line(['none'] * width)}\n"
        f"tree_sizes={_line(len(tree) for tree in trees)}\n\n"
    )
    return lightgbm.Booster(model_str=f"{head}{''.join(trees)}end of trees\n")


def _written(number: int, tree: Any, scale: float) -> str:
    """A tree in LightGBM's text format, in which inner nodes and leaves are counted apart; -1 - n is leaf n."""
    is_leaf = tree.children_left == _LEAF
    place = np.where(is_leaf, -np.cumsum(is_leaf), np.cumsum(~is_leaf) - 1)
    inner = np.flatnonzero(~is_leaf)
    values = (_depths(tree) + _expected_path(tree.n_node_samples)) * scale
    parts = {
        "num_leaves": [int(is_leaf.sum())], "num_cat": [0], "split_feature": tree.feature[inner],
        "split_gain": np.ones(len(inner), dtype=int), "threshold": tree.threshold[inner],
        "decision_type": np.full(len(inner), _NO_GAPS), "left_child": place[tree.children_left[inner]],
        "right_child": place[tree.children_right[inner]], "leaf_value": values[is_leaf],
        "leaf_weight": tree.n_node_samples[is_leaf], "leaf_count": tree.n_node_samples[is_leaf],
        "internal_value": np.zeros(len(inner), dtype=int), "internal_weight": tree.n_node_samples[inner],
        "internal_count": tree.n_node_samples[inner], "is_linear": [0], "shrinkage": [1],
    }  # fmt: skip
    told = "".join(f"{name}={_line(numbers)}\n" for name, numbers in parts.items())
    return f"Tree={number}\n{told}\n\n"


def _line(items: Iterable[Any]) -> str:
    return " ".join(repr(float(item)) if isinstance(item, float) else str(item) for item in items)


def _depths(tree: Any) -> npt.NDArray[np.float64]:
    """How many splits lie above each node. A child always comes after its parent."""
    found = np.zeros(tree.node_count)
    for node in np.flatnonzero(tree.children_left != _LEAF):
        found[tree.children_left[node]] = found[tree.children_right[node]] = found[node] + 1
    return found


def _expected_path(samples: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """c(n): how long the path of one more event would be among n that no split has set apart (ibid., eq. 1)."""
    number = np.maximum(samples.astype(np.float64), _PAIR)
    found = 2 * (np.log(np.maximum(number - 1, 1)) + np.euler_gamma) - 2 * (number - 1) / number
    return np.where(samples > _PAIR, found, np.where(samples == _PAIR, 1.0, 0.0))
