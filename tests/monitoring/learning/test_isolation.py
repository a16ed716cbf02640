"""Why the isolation forest finds an event unusual: exact, and what was planted comes first."""

import numpy as np
import pytest
from sklearn.ensemble import IsolationForest

from monitoring.learning.isolation import as_booster, unusual_contributions
from monitoring.learning.scoring import highest, reasons, unusual_told

PLANTED = 3


@pytest.fixture(scope="module")
def ordinary():
    return np.random.default_rng(5).normal(size=(4_000, 6)).astype(np.float32)


@pytest.fixture(scope="module")
def forest(ordinary):
    return IsolationForest(n_estimators=60, max_samples=256, random_state=0).fit(ordinary)


@pytest.fixture(scope="module")
def booster(forest):
    return as_booster(forest)


def test_contributions_add_up_to_the_logarithm_of_the_forests_own_figure(forest, booster, ordinary):
    amounts, base = unusual_contributions(booster, ordinary[:200])
    np.testing.assert_allclose(amounts.sum(axis=1) + base, np.log2(-forest.score_samples(ordinary[:200])), atol=1e-5)


def test_a_planted_outlier_column_comes_first_and_sets_it_apart(booster, ordinary):
    strange = ordinary[:50].copy()
    strange[:, PLANTED] = 9
    amounts, _ = unusual_contributions(booster, strange)
    assert (amounts.argmax(axis=1) == PLANTED).all()
    assert (amounts[:, PLANTED] > 0).all()


def test_two_columns_that_are_alike_share_alike():
    one = np.random.default_rng(6).normal(size=(3_000, 1)).astype(np.float32)
    forest = IsolationForest(n_estimators=200, random_state=0).fit(np.hstack([one, one]))
    amounts, _ = unusual_contributions(as_booster(forest), np.full((1, 2), 6, dtype=np.float32))
    assert amounts[0, 0] == pytest.approx(amounts[0, 1], rel=0.2)


def test_a_forest_without_a_split_has_nothing_to_tell():
    same = np.ones((20, 2), dtype=np.float32)
    amounts, base = unusual_contributions(as_booster(IsolationForest(n_estimators=3).fit(same)), same[:1])
    assert (amounts.tolist(), base.tolist()) == ([[0, 0]], [-1])


def test_a_reason_says_why_an_event_is_unusual_and_adds_up(trained, scored):
    model = trained.model
    (told,) = reasons(model, scored, highest(scored.unusual, 1))
    why = told["unusual_why"]
    assert told["is_unusual"]
    raw = scored.values[highest(scored.unusual, 1)[0], len(model.encoder.columns)]
    assert why["base"] + sum(part["amount"] for part in why["waterfall"]) + why["rest"] == pytest.approx(
        np.log2(raw), abs=1e-3
    )
    assert unusual_told(told).startswith(why["waterfall"][0]["sentence"])
    assert why["waterfall"][0]["sentence"].endswith("(sets it apart).")


def test_what_the_policy_calls_unusual_is_its_contamination(trained, scored):
    assert trained.model.unusual_from == 99
    assert np.mean(scored.unusual >= trained.model.unusual_from) < 0.05
    assert trained.unusual[0]["importance"] >= trained.unusual[-1]["importance"]
