"""Training: it finds what was planted, is measured on what it has not seen, and is the same twice."""

import numpy as np
import polars as pl
import pytest

from core.intervals import wilson
from monitoring.learning.calibration import Policy, calibration_of, percentiles_of
from monitoring.learning.dataset import latest
from monitoring.learning.drift import psi
from monitoring.learning.evaluation import evaluate
from monitoring.learning.runs import Run, run_training
from monitoring.learning.training import TrainingImpossible, train
from tests.monitoring.learning.conftest import SMALL
from tests.monitoring.learning.worlds import dataset_in, part_of, payments


def test_a_model_ranks_what_it_has_not_seen(data, trained, scored):
    test = latest(data.times, 0.4)
    told = evaluate(scored.chances[test], data.labels[test], trained.model.threshold, times=data.times[test],
                    typologies=np.array(data.typologies)[test])  # fmt: skip
    assert told["average_precision"] > 10 * told["base_rate"]
    assert told["typologies"][0]["typology"] == "fan-in"
    assert sum(map(sum, told["confusion"])) == told["events"]
    assert len(told["stability"]) > 1


def test_cross_validation_is_by_time_and_by_subject(trained):
    assert len(trained.validation["by_time"]) >= 2
    assert len(trained.validation["by_subject"]) == 3


def test_training_twice_gives_the_same_scores(data, trained, scored):
    again = train(data, ~latest(data.times, 0.4), SMALL, Policy(), salt="salt").model
    np.testing.assert_array_equal(again.scored(data.rows, trained.matrix).chances, scored.chances)


def test_percentiles_are_within_0_and_100_and_keep_the_order(scored):
    assert scored.percentiles.min() >= 0
    assert scored.percentiles.max() <= 100
    order = np.argsort(scored.chances)
    assert (np.diff(scored.percentiles[order]) >= 0).all()


def test_too_few_suspicious_events_are_refused(tmp_path):
    data = dataset_in(tmp_path, payments(attempts=1))
    with pytest.raises(TrainingImpossible, match="at least 10"):
        train(data, np.ones(len(data.labels), dtype=bool), SMALL, Policy())


def test_a_run_measures_a_baseline_on_the_same_events(tmp_path):
    path = tmp_path / "payments.csv"
    payments().write_csv(path)
    done = run_training("finance", [part_of(path)], Run(SMALL, Policy(), 0.4))
    assert done.metrics["test"]["events"] == done.metrics["baseline"]["events"]
    assert done.metrics["test"]["fairness"]["type"]
    assert "<h2>Recall of each typology</h2>" in done.report({"title": "<script>"})
    assert "<script>" not in done.report({"title": "<script>"})


def test_groups_are_compared_with_intervals_and_small_ones_say_so():
    labels = np.array([1] * 12 + [0] * 88 + [1, 0])
    chances = np.where(np.arange(102) < 20, 0.9, 0.1)
    groups = {"channel": pl.Series(["online"] * 100 + ["branch"] * 2)}
    online, branch = evaluate(chances, labels, 0.5, times=np.arange(102), groups=groups)["fairness"]["channel"]
    assert (online["group"], online["flagged_share"], online["recall"], online["too_few"]) == ("online", 0.2, 1.0, "")
    assert online["flagged_share_95"] == [round(end, 4) for end in wilson(20, 100)]
    assert online["false_alert_rate"] == round(8 / 88, 6)
    assert branch["too_few"] == "rows and suspicious"


def test_the_threshold_is_chosen_by_budget_or_by_cost():
    chances = np.linspace(0, 1, 1001)
    assert Policy(per_thousand=10).threshold(chances, 0.0) == pytest.approx(0.99)
    assert Policy(miss_cost=99, alert_cost=1).threshold(chances, 0.0) == pytest.approx(0.01)


def test_calibration_keeps_the_order():
    odds = np.array([-3.0, -1, 0, 2, 4])
    chances = calibration_of(odds, np.array([0, 0, 1, 0, 1])).chance(odds)
    assert (np.diff(chances) > 0).all()


def test_percentiles_are_of_a_segment_where_it_is_large_enough():
    import polars as pl

    values = np.concatenate([np.linspace(0, 1, 2000), np.linspace(5, 6, 2000)])
    segments = pl.Series(["small"] * 2000 + ["large"] * 2000)
    told = percentiles_of(values, segments).of(np.array([0.99, 5.01]), pl.Series(["small", "large"]))
    assert told[0] > 95
    assert told[1] < 5


def test_psi_is_nothing_where_nothing_changed():
    assert psi([0.1, 0.9], [0.1, 0.9]) == 0
    assert psi([0.1, 0.9], [0.6, 0.4]) > 0.25
