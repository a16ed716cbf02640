"""A trace in the field's words, and what would have kept the rule from firing."""

import pytest

from monitoring.rules.evaluator import firings, prepare
from monitoring.rules.telling import counterfactuals, told_trace
from monitoring.rules.trace import nodes_of
from monitoring.scenarios.catalogue import shipped_scenarios
from tests.factories.monitoring import LISTS
from tests.monitoring.frames import frame, row, rule


def _told(checked, *rows):
    firing = firings(prepare(frame(*rows), [checked]), checked)[-1]
    return [item.sentence for item in told_trace(checked, firing.trace)], counterfactuals(checked, firing.trace)


def test_counts_are_told_with_their_threshold():
    checked = rule(
        {"all": [{"compare": ["recent", ">=", "$most"]}, {"compare": ["direction", "==", {"text": "in"}]}]},
        measures={"recent": {"count": {"window": "7d"}}}, most=3,
    )  # fmt: skip
    told, otherwise = _told(checked, *(row(day) for day in range(4)))
    assert told == ["4 transactions within 7 days (threshold: at least 3)", "Direction: in (threshold: is in)"]
    assert otherwise == ["It would not have fired with at most 2 transactions within 7 days; there were 4."]


def test_amounts_are_told_with_what_their_limit_is_made_of():
    checked = rule(
        {
            "compare": [
                "amount",
                ">",
                {"*": ["$times", {"mean": {"of": "amount", "window": "90d", "exclude_current": True}}]},
            ]
        },
        times=3,
    )
    told, otherwise = _told(checked, row(0), row(1), row(2, 500.0))
    assert told == ["Amount: 500 (threshold: above 300, $times times average amount within 90 days before this one)"]
    assert otherwise == ["It would not have fired with amount of at most 300; it was 500."]


def test_what_is_one_of_several_reasons_has_no_counterfactual():
    checked = rule({"any": [{"compare": ["amount", ">=", 50]}, {"compare": ["amount", "<", 5]}]})
    assert _told(checked, row(0))[1] == []


@pytest.mark.parametrize("domain", ["finance", "pharma"])
def test_every_shipped_rule_has_words(domain):
    for definition in shipped_scenarios(LISTS, domain):
        checked = definition.checked()
        trace = [
            {"path": path, "depth": depth, "kind": "", "text": "", "holds": None, "values": []}
            for path, depth, _ in nodes_of(checked.condition)
        ]
        assert all(item.sentence for item in told_trace(checked, trace))
