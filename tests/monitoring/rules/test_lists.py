"""Named lists in rules: text and JSON, faults, and which edition judges a row."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from monitoring.domains.finance import FINANCE
from monitoring.rules.checker import checked_rule
from monitoring.rules.evaluator import firings, prepare
from monitoring.rules.faults import RuleInvalid
from monitoring.rules.lists import Edition, list_from, named_list, names_in, plain_list
from monitoring.rules.literals import data_of
from monitoring.rules.reader import data_of_text
from monitoring.rules.words import text_of
from tests.monitoring.frames import frame, outcome, row

CHANGED = named_list(
    "risky", (Edition(1, "2026-01-01T00:00:00+00:00", ("KP",)), Edition(2, "2026-04-01T00:00:00+00:00", ("IR", "KP")))
)
RULE = {"all": [{"in_list": ["counterparty_country", {"list": "risky"}]}]}


def _rule(data, **lists):
    return checked_rule(data, FINANCE, {}, lists=lists)


def test_list_reads_back_from_text_and_json():
    rule = _rule(RULE, risky=CHANGED)
    text = text_of(rule.condition)
    assert text == "all(counterparty_country in list risky)"
    assert data_of_text(text) == data_of(rule.condition) == RULE


def test_not_contains_a_list_reads_back():
    text = "not reference contains list risky"
    assert text_of(_rule(data_of_text(text), risky=CHANGED).condition) == text


def test_unknown_list_is_told_with_a_suggestion():
    with pytest.raises(RuleInvalid) as told:
        _rule({"in_list": ["counterparty_country", {"list": "riski"}]}, risky=CHANGED)
    (fault,) = told.value.faults
    assert (fault.path, fault.code, fault.suggestion) == (
        "/rule/in_list/1",
        "unknown_list",
        "did you mean `list risky`?",
    )


def test_each_row_is_judged_by_the_edition_of_its_time_and_the_trace_names_it():
    rows = [
        row(0, booked_at=datetime(2026, month, 1, tzinfo=UTC), counterparty_country=country, id=f"{month}-{country}")
        for month in (3, 5)
        for country in ("IR", "KP")
    ]
    rule = _rule(RULE, risky=CHANGED)
    fired = firings(prepare(frame(*rows), [rule]), rule)
    found = {item.row_id: dict(item.trace[1]["values"])["list risky"] for item in fired}
    assert found == {"3-KP": "version 1", "5-IR": "version 2", "5-KP": "version 2"}


def test_row_without_a_value_is_unknown_in_every_edition():
    rule = _rule({"not": RULE}, risky=CHANGED)
    assert outcome(rule, row(60, counterparty_country=None)) == ["unknown"]


def test_text_contains_a_word_of_the_list_whatever_its_case():
    rule = _rule({"contains": ["reference", {"list": "words"}]}, words=plain_list("words", ["gift card"]))
    assert outcome(rule, row(0, reference="2x Gift CARD"), row(1, reference="salary")) == ["fired", "silent"]


def test_names_in_finds_lists_wherever_they_stand():
    measure = {"count": {"window": "7d", "where": {"in_list": ["type", {"list": "kinds"}]}}}
    assert set(names_in({"rule": RULE, "m": measure})) == {"risky", "kinds"}


def test_list_that_crossed_a_process_is_equal():
    assert list_from(asdict(CHANGED)) == CHANGED != named_list("risky", CHANGED.editions[:1])
