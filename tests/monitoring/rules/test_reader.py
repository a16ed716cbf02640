"""Text and JSON are two forms of one tree: printing and reading gives the same."""

import pytest
from hypothesis import HealthCheck, assume, given, settings

from monitoring.domains.finance import FINANCE
from monitoring.rules.conditions import ConditionReader
from monitoring.rules.faults import RuleInvalid
from monitoring.rules.literals import data_of
from monitoring.rules.reader import data_of_text
from monitoring.rules.words import text_of
from tests.monitoring.rules.trees import CONDITIONS, PARAMETERS


def _read(data):
    reader = ConditionReader(FINANCE, PARAMETERS)
    condition = reader.condition(data, "/rule", 0)
    assume(not [fault for fault in reader.faults if fault.code != "always_the_same"])
    return condition


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(CONDITIONS)
def test_any_rule_printed_and_read_again_is_the_same_tree(data):
    tree = _read(data)
    assert _read(data_of(tree)) == tree
    assert _read(data_of_text(text_of(tree))) == tree


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("amount > 5 and channel in [atm, branch]",
         {"all": [{"compare": ["amount", ">", 5]}, {"in_list": ["channel", ["atm", "branch"]]}]}),
        ("not (amount > 5 or reference contains [loan])",
         {"not": {"any": [{"compare": ["amount", ">", 5]}, {"contains": ["reference", ["loan"]]}]}}),
        ("((amount * 2) > 5 and amount < 9)",
         {"all": [{"compare": [{"*": ["amount", 2]}, ">", 5]}, {"compare": ["amount", "<", 9]}]}),
        ('count(where (amount is missing or amount > 5) in 7d) > 2',
         {"compare": [{"count": {"where": {"any": [{"is_missing": "amount"}, {"compare": ["amount", ">", 5]}]},
                                 "window": "7d"}}, ">", 2]}),
        ('sum(amount where direction == "in" in 7d before this) between 1 and 2',
         {"between": [{"sum": {"of": "amount", "where": {"compare": ["direction", "==", {"text": "in"}]},
                               "window": "7d", "exclude_current": True}}, 1, 2]}),
    ],
)  # fmt: skip
def test_text_a_person_writes_is_understood(text, data):
    assert data_of_text(text) == data


@pytest.mark.parametrize(
    ("text", "place"),
    [("amount >", "/text/8"), ("amount ? 5", "/text/7"), ("amount > 5 and x > 1 or y > 2", "/text/21"),
     ("amount > 5)", "/text/10"), ("summ(amount in 7d) > 5", "/text/0"), ("", "/text/0")],
)  # fmt: skip
def test_text_that_is_none_says_where(text, place):
    with pytest.raises(RuleInvalid) as caught:
        data_of_text(text)
    assert caught.value.faults[0].path == place


def test_text_of_endless_nesting_ends_in_a_fault():
    with pytest.raises(RuleInvalid):
        data_of_text("(" * 5000 + "amount > 5" + ")" * 5000)
