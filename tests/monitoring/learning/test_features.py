"""Columns of a matrix: point in time, the same as the rules' own measures, for every domain."""

import numpy as np
import polars as pl
import pytest

from monitoring.domains import domain_of
from monitoring.learning.labels import LabelInvalid, as_labels
from monitoring.learning.matrix import matrix_of
from monitoring.learning.propagation import known_in_blocks, remembered
from monitoring.learning.sets import feature_sets
from monitoring.rules.conditions import ConditionReader
from tests.monitoring.learning.worlds import dataset_in, payments


@pytest.mark.parametrize("domain", ["finance", "pharma"])
def test_every_feature_is_an_operand_of_the_rule_language(domain):
    features = feature_sets()[domain]
    for feature in (*features.event, *features.own):
        reader = ConditionReader(domain_of(domain), {})
        if feature.is_condition:
            reader.condition(feature.operand, "", 0)
        else:
            reader.operand(feature.operand, "")
        assert not reader.faults, feature.code


def test_codes_of_columns_are_unique():
    for features in feature_sets().values():
        codes = [column.code for column in features.columns]
        assert len(codes) == len(set(codes))


def test_columns_of_an_event_do_not_change_by_what_comes_later(data, tmp_path):
    whole = matrix_of(data.rows)
    early = payments().head(600)
    alone = matrix_of(dataset_in(tmp_path, early).rows)
    np.testing.assert_array_equal(whole.values[:600], alone.values)


def test_windows_count_both_sides(tmp_path):
    frame = payments().head(1).with_columns(sender_account=pl.lit("X"), receiver_account=pl.lit("Y"))
    later = frame.with_columns(timestamp=pl.lit("2025-01-03T00:00:00Z"), transaction_id=pl.lit("T9"))
    matrix = matrix_of(dataset_in(tmp_path, pl.concat([frame, later])).rows)
    assert matrix["sender_out_7d_count"].tolist() == [1, 2]
    assert matrix["receiver_in_7d_count"].tolist() == [1, 2]
    assert matrix["sender_in_7d_count"].tolist() == [0, 0]
    assert matrix["pair_count"].tolist() == [0, 1]


def test_known_cases_are_of_earlier_blocks_only(data):
    edges = np.array([int(np.median(data.times))])
    known = known_in_blocks(data.rows, data.labels, edges)
    before = data.times < edges[0]
    assert not known[before].any()
    assert known[~before].any()


def test_an_artefact_keeps_no_account_readable(data):
    known = remembered(data.rows, data.labels, "salt")
    assert known.cases
    assert not any(key.startswith("A") and key[1:].isdigit() for key in known.cases)


@pytest.mark.parametrize(
    ("values", "expected"),
    [(["True", "false", "", None], [1, 0, -1, -1]), (["1.0", "0.0"], [1, 0]), (["SAR", "normal"], [1, 0])],
)
def test_labels_are_read_whatever_their_form(values, expected):
    assert as_labels(pl.Series("label", values, dtype=pl.String)).tolist() == expected


def test_a_word_that_is_no_label_is_refused():
    with pytest.raises(LabelInvalid, match="maybe"):
        as_labels(pl.Series("label", ["maybe", "1"]))
