"""What the grown language means, on a few rows."""

import pytest

from monitoring.domains.finance import FINANCE
from monitoring.rules.checker import checked_rule
from monitoring.rules.faults import RuleInvalid
from tests.monitoring.frames import outcome, row, rule, values

NINE = {"of": "amount", "window": "9d"}


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        ({"std": NINE}, [None, 70.71067811865476, 152.75252316519467]),
        ({"median": NINE}, [100, 150, 200]),
        ({"percentile": NINE | {"percent": 75}}, [100, 175, 300]),
        ({"previous": {"of": "amount"}}, [None, 100, 200]),
        ({"first": {"of": "amount", "where": {"compare": ["amount", ">", 150]}}}, [None, 200, 200]),
        ({"zscore": NINE}, [None, None, 3.5355339059327378]),
        ({"ratio": NINE | {"where": {"compare": ["amount", ">", 150]}}}, [0, 200 / 300, 600 / 700]),
        ({"%": ["amount", 150]}, [100, 50, 100]),
        ({"abs": [{"-": ["amount", 300]}]}, [200, 100, 100]),
        ({"hours_between": [{"date": "2026-03-02T00:00"}, "booked_at"]}, [12, 36, 60]),
        ({"hour": ["booked_at"]}, [12, 12, 12]),
        ({"weekday": ["booked_at"]}, [1, 2, 3]),
    ],
)
def test_operand_has_the_value_of_its_meaning(operand, expected):
    assert values(operand, row(0, 100), row(1, 200), row(2, 400)) == pytest.approx(expected)


def test_std_small_amounts_keep_their_spread_beside_huge_ones_of_another_subject():
    rows = [row(0, 1e12, subject="0"), row(1, 3e12, subject="0"), row(0, 10.01), row(1, 10.03)]
    assert values({"std": NINE}, *rows)[-1] == pytest.approx(0.01414213562)


def test_benford_of_first_digits_that_are_all_nines_is_far_off():
    assert values({"benford": NINE}, *(row(day / 100, 9.5) for day in range(60)))[-1] > 1000


def test_among_looks_at_rows_of_all_subjects_with_the_same_value():
    rows = [row(0, subject="a", type="cash"), row(1, subject="b", type="cash"), row(2, subject="b", type="card")]
    assert values({"count": {"window": "9d", "among": "type"}}, *rows) == [1, 2, 1]


def test_shapes_of_payments_count_different_counterparties_each_way():
    rows = [row(0, counterparty_account="x"), row(1, counterparty_account="y"),
            row(2, 50, counterparty_account="z", direction="out")]  # fmt: skip
    assert values({"fan_in": {"window": "9d"}}, *rows) == [1, 2, 2]
    assert values({"gather_scatter": {"window": "9d"}}, *rows) == [0, 0, 1]
    assert values({"pass_through": {"window": "9d"}}, *rows) == [0, 0, 0.25]


def test_first_seen_is_zero_days_at_the_first_time():
    rows = [row(0, counterparty_account="x"), row(3, counterparty_account="x"), row(4, counterparty_account="y")]
    assert values({"first_seen": {"of": "counterparty_account"}}, *rows) == [0, 3, 0]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"contains": ["reference", ["LOAN", "gift"]]}, ["fired", "silent", "unknown"]),
        ({"starts_with": ["reference", {"text": "a l"}]}, ["fired", "silent", "unknown"]),
        ({"ends_with": ["reference", ["rent"]]}, ["silent", "fired", "unknown"]),
        ({"is_missing": "reference"}, ["silent", "silent", "fired"]),
        ({"has_hit": {"topic": "pep", "score": 0.9}}, ["fired", "silent", "silent"]),
        ({"compare": ["booked_at", ">=", {"date": "2026-03-03"}]}, ["silent", "fired", "fired"]),
    ],
)
def test_condition_holds_where_it_means_to(condition, expected):
    rows = [row(0, reference="A loan", hit_topics="sanction;pep", hit_score=0.95),
            row(1, reference="rent", hit_topics="pep", hit_score=0.5), row(2, reference=None)]  # fmt: skip
    assert outcome(rule(condition), *rows) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"compare": [{"count": {"window": "7d"}}, ">=", 0]}, "always_true"),
        ({"compare": [{"hour": ["booked_at"]}, ">", 23]}, "never_true"),
        ({"all": [{"compare": ["amount", ">", 9]}, {"compare": ["amount", "<", 5]}]}, "never_true"),
        ({"compare": [{"count": {"window": "7d", "ahead": True}}, ">", 1]}, "looks_ahead"),
        ({"compare": [{"percentile": {"of": "amount", "window": "7d"}}, ">", 1]}, "bad_percent"),
        ({"compare": [{"cycle": {"window": "7d", "hops": 40}}, ">", 1]}, "bad_hops"),
        ({"compare": [{"hour": ["amount"]}, ">", 1]}, "wrong_type"),
        ({"compare": [{"hour": []}, ">", 1]}, "bad_form"),
        ({"compare": [{"date": "yesterday"}, ">", "booked_at"]}, "not_a_date"),
        ({"compare": ["booked_at", ">", 5]}, "types_differ"),
        ({"contains": ["amount", ["a"]]}, "not_a_text"),
        ({"has_hit": {"topic": "pep", "least": 1}}, "unknown_key"),
        ({"compare": [{"count": {"window": "7d", "by": "type", "among": "type"}}, ">", 1]}, "needless_key"),
        ({"all": [{"compare": [{"cycle": {"window": f"{day}d", "hops": 10}}, ">", 1]} for day in (1, 2, 3)]},
         "too_costly"),
    ],
)  # fmt: skip
def test_checker_tells_a_rule_that_cannot_be_meant(data, code):
    with pytest.raises(RuleInvalid) as caught:
        checked_rule(data, FINANCE, {})
    assert [fault.code for fault in caught.value.faults] == [code]
