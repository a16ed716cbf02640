"""Each operand's meaning, on a few rows."""

import pytest

from tests.monitoring.frames import outcome, row, rule, values


def test_count_window_ends_at_the_row_and_leaves_older_rows_out():
    assert values({"count": {"window": "2d"}}, row(0), row(1), row(2), row(9)) == [1, 2, 2, 1]


def test_count_other_subject_is_not_counted():
    assert values({"count": {"window": "9d"}}, row(0), row(1, subject="b"), row(2)) == [1, 2, 1]


def test_count_later_row_is_never_seen():
    assert values({"count": {"window": "9d"}}, row(5), row(0))[0] == 1


def test_count_exclude_current_leaves_out_everything_at_that_moment():
    assert values({"count": {"window": "9d", "exclude_current": True}}, row(0), row(1), row(1)) == [0, 1, 1]


@pytest.mark.parametrize("excludes", [False, True])
def test_count_row_exactly_as_old_as_the_window_is_out(excludes):
    got = values({"count": {"window": "2d", "exclude_current": excludes}}, row(0), row(2), row(3.99))
    assert got == [count - excludes for count in (1, 1, 2)]


def test_sum_where_counts_only_matching_rows():
    out = {"compare": ["direction", "==", {"text": "out"}]}
    got = values({"sum": {"of": "amount", "window": "9d", "where": out}}, row(0, 5), row(1, 7, direction="out"))
    assert got == [0, 7]


def test_sum_of_cents_is_exact():
    assert values({"sum": {"of": "amount", "window": "9d"}}, row(0, 0.1), row(1, 0.2))[-1] == 0.3


def test_mean_nothing_counted_is_unknown():
    assert values({"mean": {"of": "amount", "window": "9d", "exclude_current": True}}, row(0, 4), row(1, 6)) == [
        None,
        4,
    ]


@pytest.mark.parametrize(("function", "expected"), [("min", [5, 3, 3]), ("max", [5, 5, 8])])
def test_extreme_window_gives_lowest_or_highest(function, expected):
    assert values({function: {"of": "amount", "window": "9d"}}, row(0, 5), row(1, 3), row(2, 8)) == expected


def test_distinct_missing_values_do_not_count():
    rows = [row(0, counterparty_account="x"), row(1, counterparty_account=None), row(2, counterparty_account="y")]
    assert values({"distinct": {"of": "counterparty_account", "window": "9d"}}, *rows) == [1, 1, 2]


def test_by_narrows_to_rows_with_the_same_value():
    rows = [row(0, channel="atm"), row(1, channel="web"), row(2, channel="atm"), row(3, channel=None)]
    assert values({"count": {"window": "9d", "by": "channel"}}, *rows) == [1, 1, 2, None]


def test_time_since_previous_is_in_days_and_unknown_at_first():
    assert values({"time_since_previous": {}}, row(0), row(1.5)) == [None, 1.5]


def test_time_since_previous_where_looks_past_other_rows():
    where = {"compare": ["amount", ">=", 500]}
    rows = [row(0, 900), row(2, 5), row(3, 800), row(4, 5)]
    assert values({"time_since_previous": {"where": where}}, *rows) == [None, 2, 3, 1]


def test_time_since_first_never_looks_ahead():
    where = {"compare": ["amount", ">=", 500]}
    assert values({"time_since_first": {"where": where}}, row(0, 5), row(1, 900), row(3, 5)) == [None, 0, 2]


def test_division_by_zero_is_unknown():
    assert values({"/": ["amount", {"-": ["amount", 100]}]}, row(0, 100), row(1, 200)) == [None, 2]


def test_least_of_an_unknown_is_unknown():
    assert values({"least": [3, {"time_since_previous": {}}]}, row(0), row(1), row(9)) == [None, 1, 3]


def test_between_includes_both_ends():
    checked = rule({"between": ["amount", 5, 7]})
    assert outcome(checked, row(0, 5), row(1, 7), row(2, 7.01)) == ["fired", "fired", "silent"]


def test_missing_value_leaves_a_rule_unknown():
    checked = rule({"compare": ["channel", "!=", {"text": "atm"}]})
    assert outcome(checked, row(0, channel=None), row(1, channel="web")) == ["unknown", "fired"]


def test_missing_value_does_not_matter_where_the_rest_decides():
    unknown = {"in_list": ["counterparty_country", ["KP"]]}
    either = rule({"any": [unknown, {"compare": ["amount", ">", 50]}]})
    both = rule({"all": [unknown, {"compare": ["amount", ">", 500]}]})
    assert (outcome(either, row(0)), outcome(both, row(0))) == (["fired"], ["silent"])


def test_young_subject_is_insufficient_history_instead_of_silent():
    checked = rule({"compare": ["amount", ">", 5]}, min_history_days=30)
    assert outcome(checked, row(0), row(29), row(30)) == ["insufficient_history"] * 2 + ["fired"]
