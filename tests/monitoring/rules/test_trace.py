"""A finding explains itself: every condition with its real values, and a sentence."""

from monitoring.rules.evaluator import firings, prepare
from monitoring.rules.trace import sentence_of
from tests.monitoring.frames import frame, row, rule

MANY = {"count": {"window": "$window"}}


def _only_firing(checked, *rows):
    (found,) = firings(prepare(frame(*rows), [checked]), checked)
    return found


def test_trace_every_condition_has_path_verdict_and_values():
    checked = rule({"any": [{"compare": ["amount", ">", 500]}, {"compare": ["channel", "==", {"text": "atm"}]}]})
    trace = _only_firing(checked, row(0, 900)).trace
    assert [(node["path"], node["holds"]) for node in trace] == [
        ("/rule", True), ("/rule/any/0", True), ("/rule/any/1", None),
    ]  # fmt: skip
    assert trace[1]["values"] == [("amount", 900)]


def test_trace_measure_shows_its_name_its_value_and_its_parameters():
    checked = rule({"compare": ["many", ">=", "$least"]}, measures={"many": MANY}, window="2d", least=2)
    found = _only_firing(checked, row(0), row(1))
    assert found.trace[0]["values"] == [("many", 2), ("$least", 2)]
    assert found.values["many"] == 2


def test_trace_arithmetic_shows_what_it_is_computed_from():
    measures = {"many": MANY, "share": {"/": ["amount", "many"]}}
    checked = rule({"compare": ["share", ">", 5]}, measures=measures, window="2d")
    assert _only_firing(checked, row(0, 30)).trace[0]["values"] == [("share", 30), ("amount", 30), ("many", 1)]


def test_sentence_has_real_values_and_calls_missing_ones_unknown():
    assert sentence_of("{amount:,.2f} to {country}", {"amount": 1234.5, "country": None}) == "1,234.50 to unknown"
