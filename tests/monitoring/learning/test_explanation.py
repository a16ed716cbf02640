"""Explanations: they add up, name real values, and what would put an event below does."""

import numpy as np
import pytest

from monitoring.learning.estimators import BOOSTING, FOREST, Settings, fitted, log_odds
from monitoring.learning.explanation import _by_replacing, contributions
from monitoring.learning.scoring import below_told, contributions_told, highest, reasons


@pytest.fixture(scope="module")
def told(trained, scored):
    return reasons(trained.model, scored, highest(scored.chances, 20))


def test_contributions_add_up_to_the_score(trained, scored):
    values = scored.values[:50]
    amounts, base = contributions(trained.model.final, values, trained.model.usual)
    np.testing.assert_allclose(amounts.sum(axis=1) + base, log_odds(trained.model.final, values), atol=1e-4)


def test_a_reason_has_sentences_with_real_values(told, scored):
    first = told[0]["waterfall"][0]
    assert first["sentence"].endswith("(raises the score).")
    assert f"{first['code']}=" in contributions_told(told[0])
    assert all(case["likeness"] <= 1 for case in told[0]["nearest"])
    assert any(case["suspicious"] for case in told[0]["nearest"])


def test_a_counterfactual_puts_the_event_below_the_threshold(trained, scored):
    model = trained.model
    codes = [column.code for column in model.columns]
    rows = highest(scored.chances, int((scored.chances >= model.threshold).sum()))[::-1]
    told = reasons(model, scored, rows)
    place = next(at for at, reason in enumerate(told) if reason["counterfactual"])
    values = scored.values[rows[place]][None, :].copy()
    for change in told[place]["counterfactual"]:
        values[0, codes.index(change["code"])] = change["value"]
    assert log_odds(model.final, values)[0] < model.threshold_odds
    assert below_told(told[place]).startswith("Below the threshold with")


@pytest.mark.parametrize("kind", [FOREST, BOOSTING])
def test_contributions_are_exact_and_name_what_counts(kind):
    rng = np.random.default_rng(1)
    values = rng.random((300, 4)).astype(np.float32)
    values[::7, 2] = np.nan
    made = fitted(Settings(trees=60, cores=1), kind, values, (values[:, 2] > 0.7).astype(int))
    amounts, base = contributions([made], values, np.zeros(4, dtype=np.float32))
    assert np.abs(amounts).sum(axis=0).argmax() == 2
    np.testing.assert_allclose(amounts.sum(axis=1) + base, log_odds([made], values), atol=1e-5)


def test_contributions_of_another_estimator_come_from_replacing_values():
    values = np.array([[1.0, 5.0], [3.0, 5.0]], dtype=np.float32)
    amounts, base = _by_replacing(lambda part: part[:, 0] / 10, values, np.array([1.0, 0.0], dtype=np.float32))
    assert base.tolist() == pytest.approx([0.1, 0.1])
    assert amounts.tolist() == [[0, 0], pytest.approx([0.2, 0])]
