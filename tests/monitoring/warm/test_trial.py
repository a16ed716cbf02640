"""What a rule would have done: the same as the evaluator says, again after an edit, and cancelled by a newer one."""

import threading
from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest

from monitoring.domains.finance import FINANCE
from monitoring.rules.comparisons import inner_limits, limits_of
from monitoring.rules.evaluator import fired, in_order, prepare
from monitoring.scenarios.catalogue import shipped_scenarios
from monitoring.warm.frame import WarmFrame
from monitoring.warm.histogram import histogram
from monitoring.warm.known import known_alerts
from monitoring.warm.looser import looser_limits
from monitoring.warm.sweep import sweep
from monitoring.warm.trial import trial
from monitoring.warm.turn import Superseded, Turns
from tests.factories.monitoring import LISTS
from tests.monitoring.frames import START, frame, row

END = START
STRUCTURING = next(item for item in shipped_scenarios(LISTS) if item.code == "structuring")


def _row(subject, days, amount):
    return row(-days, amount, subject=subject)


@pytest.fixture(scope="module")
def warm():
    rows = [_row("A", day, 9000.0) for day in range(4)] + [_row("B", day, 9500.0) for day in range(2)]
    rows += [_row("C", 200 + day, 8800.0) for day in range(3)] + [_row("D", day, 50.0) for day in range(20)]
    known = known_alerts(
        [("A", END, "1", "Velocity", "suspicious"), ("C", END - timedelta(days=200), "2", "Burst", "explained")]
    )
    return WarmFrame(FINANCE, in_order(frame(*rows), FINANCE), known, END + timedelta(hours=1))


def test_trial_counts_what_the_evaluator_fires_on(warm):
    rule = STRUCTURING.checked()
    found = fired(prepare(warm.rows, [rule]), rule)
    told = trial(warm, STRUCTURING, base_currency="EUR")
    assert told.periods[2].findings == len(found) == 3
    assert [(period.days, period.alerts, period.customers) for period in told.periods] == [
        (30, 1, 1),
        (90, 1, 1),
        (365, 2, 2),
    ]


def test_trial_says_what_people_had_made_of_it(warm):
    told = trial(warm, STRUCTURING, base_currency="EUR")
    assert [(period.decided, period.precision) for period in told.periods] == [(1, 100), (1, 100), (2, 50)]
    assert told.overlap == [("Burst", 1), ("Velocity", 1)]
    assert told.new_customers == 0


def test_near_misses_are_the_customers_that_lack_least(warm):
    told = trial(warm, STRUCTURING, base_currency="EUR")
    assert [row.subject for row in told.near] == ["B"]
    assert told.near[0].lacks == pytest.approx(1 / 3)


def test_a_threshold_edit_computes_no_aggregate_anew(warm):
    trial(warm, STRUCTURING, base_currency="EUR")
    before = list(warm.kept)
    trial(warm, replace(STRUCTURING, parameters={**STRUCTURING.parameters, "payments": 2}), base_currency="EUR")
    assert list(warm.kept) == before


def test_sweep_counts_as_trials_with_each_value_do(warm):
    rule = STRUCTURING.checked()
    limit = next(item for item in limits_of(rule) if item.parameter == "payments")
    points = sweep(warm, STRUCTURING, rule, warm.prepared(rule), limit, alive=lambda: None)
    for point in points:
        other = replace(STRUCTURING, parameters={**STRUCTURING.parameters, "payments": point.value})
        assert trial(warm, other, base_currency="EUR").periods[2].alerts == point.alerts
    assert next(point.positives for point in points if point.is_now) == 1


def test_limit_by_which_an_aggregate_counts_is_swept_as_trials_with_each_value_do(warm):
    rule = STRUCTURING.checked()
    limit = next(item for item in inner_limits(rule) if item.parameter == "near")
    points = sweep(warm, STRUCTURING, rule, warm.prepared(rule), limit, alive=lambda: None)
    assert len({point.alerts for point in points}) > 1
    for point in points:
        other = replace(STRUCTURING, parameters={**STRUCTURING.parameters, "near": point.value})
        assert trial(warm, other, base_currency="EUR").periods[2].alerts == point.alerts


def test_looser_limit_inside_an_aggregate_catches_what_was_missed():
    rows = [_row("A", day, 9000.0) for day in range(2)] + [_row("A", 2, 6500.0)]
    warm = WarmFrame(FINANCE, in_order(frame(*rows), FINANCE), known_alerts([]), END + timedelta(hours=1))
    missed = warm.rows.filter(pl.col("booked_at") == warm.rows["booked_at"].max())["id"].to_list()
    told = {item.moved[0].name: item for item in looser_limits(warm, STRUCTURING, missed) if len(item.moved) == 1}
    near = told["$near"]
    assert (near.moved[0].after, near.caught, near.before, near.after) == (0.65, 1, 0, 1)


def test_histogram_leaves_out_what_is_extreme(warm):
    told = histogram(warm.rows["amount"])
    assert sum(told["counts"]) == len(warm.rows)
    assert (told["low"], told["high"]) == (50.0, 9500.0)


def test_a_newer_edit_ends_the_older_one():
    turns, told = Turns(), []
    begun, go_on = threading.Event(), threading.Event()

    def older():
        try:
            with turns.turn("sheet") as alive:
                begun.set()
                go_on.wait(5)
                alive()
        except Superseded as ended:
            told.append(ended.is_too_long)

    thread = threading.Thread(target=older)
    thread.start()
    begun.wait(5)
    waiting = threading.Thread(target=lambda: turns.turn("sheet").__enter__())
    waiting.start()
    while turns._number < 2:
        pass
    go_on.set()
    thread.join(5)
    waiting.join(5)
    assert told == [False]
