"""What the checker says: where, which fault, and what instead."""

import pytest

from monitoring.domains.finance import FINANCE
from monitoring.rules.checker import checked_rule
from monitoring.rules.faults import RuleFault, RuleInvalid
from monitoring.rules.words import text_of
from tests.monitoring.frames import rule


def _faults(data, **given) -> tuple[RuleFault, ...]:
    parameters = given.pop("parameters", {})
    with pytest.raises(RuleInvalid) as caught:
        checked_rule(data, FINANCE, parameters, **given)
    return caught.value.faults


def test_checker_misspelt_field_names_the_right_one():
    (fault,) = _faults({"all": [{"compare": ["amont", ">", 5]}]})
    assert fault.path == "/rule/all/0/compare/0"
    assert fault.message == "`amont` is not a field"
    assert fault.suggestion == "did you mean `amount`?"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "not_a_condition"),
        ({"all": []}, "bad_form"),
        ({"al": []}, "unknown_condition"),
        ({"compare": ["amount", ">"]}, "bad_form"),
        ({"compare": ["amount", "=>", 5]}, "unknown_comparison"),
        ({"compare": ["direction", "==", "amount"]}, "types_differ"),
        ({"compare": ["direction", "<", {"text": "in"}]}, "text_has_no_order"),
        ({"compare": [1, "<", 2]}, "always_the_same"),
        ({"compare": ["amount", ">", float("nan")]}, "not_an_operand"),
        ({"compare": ["amount", ">", True]}, "not_an_operand"),
        ({"compare": ["amount", ">", "$least"]}, "unknown_parameter"),
        ({"compare": ["amount", ">", {"summ": {"of": "amount", "window": "7d"}}]}, "unknown_function"),
        ({"between": ["direction", 1, 2]}, "not_numeric"),
        ({"in_list": ["amount", ["a"]]}, "not_a_text"),
        ({"in_list": ["direction", "currency"]}, "not_a_list"),
        ({"compare": [{"count": {}}, ">", 5]}, "bad_window"),
        ({"compare": [{"count": {"window": "400h", "off": 1}}, ">", 5]}, "unknown_key"),
        ({"compare": [{"count": {"window": "401d"}}, ">", 5]}, "window_too_long"),
        ({"compare": [{"count": {"window": "7d", "of": "amount"}}, ">", 5]}, "needless_field"),
        ({"compare": [{"sum": {"of": "direction", "window": "7d"}}, ">", 5]}, "not_numeric"),
        ({"compare": [{"count": {"window": "7d", "by": "nobody"}}, ">", 5]}, "unknown_field"),
        ({"compare": [{"time_since_first": {"window": "7d"}}, ">", 5]}, "needless_window"),
        ({"compare": [{"count": {"window": "7d", "exclude_current": "no"}}, ">", 5]}, "not_a_boolean"),
        ({"compare": [{"+": ["amount", "direction"]}, ">", 5]}, "not_numeric"),
    ],
)
def test_checker_broken_rule_gives_one_fault_of_its_code(data, code):
    assert [fault.code for fault in _faults(data)] == [code]


def test_checker_several_faults_are_all_told():
    faults = _faults({"any": [{"compare": ["amont", ">", 5]}, {"compare": ["chanel", "==", {"text": "atm"}]}]})
    assert [fault.path for fault in faults] == ["/rule/any/0/compare/0", "/rule/any/1/compare/0"]


def test_checker_endless_nesting_is_refused():
    data = {"compare": ["amount", ">", 5]}
    for _ in range(60):
        data = {"not": data}
    assert _faults(data)[0].code == "too_deep"


def test_checker_endless_arithmetic_is_refused():
    data = 1
    for _ in range(60):
        data = {"+": [data, "amount"]}
    assert _faults({"compare": [data, ">", 5]})


def test_checker_huge_rule_is_refused():
    faults = _faults({"all": [{"compare": ["amount", ">", number]} for number in range(100)]})
    assert faults[0].code == "too_large"


def test_checker_measure_named_like_a_field_is_refused():
    faults = _faults({"compare": ["amount", ">", 5]}, measures={"amount": {"count": {"window": "1d"}}})
    assert (faults[0].path, faults[0].code) == ("/measures/amount", "name_taken")


def test_checker_measures_in_any_order_are_read():
    measures = {"share": {"/": ["amount", "total"]}, "total": {"sum": {"of": "amount", "window": "7d"}}}
    checked = checked_rule({"compare": ["share", ">", 0.5]}, FINANCE, {}, measures=measures)
    assert [measure.name for measure in checked.measures] == ["total", "share"]


def test_checker_measures_in_a_circle_are_refused():
    measures = {"a": {"+": ["b", 1]}, "b": {"+": ["a", 1]}}
    faults = _faults({"compare": ["a", ">", 5]}, measures=measures)
    assert faults[0].message == "`b` is not a field"


def test_checker_sentence_reaching_into_a_value_is_refused():
    faults = _faults({"compare": ["amount", ">", 5]}, sentence="{amount.__class__}")
    assert (faults[0].path, faults[0].code) == ("/sentence", "unknown_name")


def test_checker_parameter_that_is_no_value_is_refused():
    faults = _faults({"compare": ["amount", ">", "$least"]}, parameters={"least": None})
    assert faults[0].path == "/parameters/least"


def test_checker_money_with_number_is_accepted():
    checked = rule(
        {"compare": [{"/": ["amount", {"mean": {"of": "amount", "window": "30d"}}]}, ">", "$times"]}, times=3
    )
    assert text_of(checked.condition) == "(amount / mean(amount in 30d)) > $times"
