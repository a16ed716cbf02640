"""Rules of one's own: what they demand, which of them is about a document, and that no pattern is a weapon."""

import time

import pytest

from documents.extraction.checks import DocumentFacts
from documents.extraction.rules import DEFAULT_RULES, Rule, check_rules, rules_as_json, rules_from_json
from documents.extraction.shapes import FieldReading
from tests.factories.documents import TODAY


def document(kind: str = "passport", **values: str) -> DocumentFacts:
    return DocumentFacts(
        kind, tuple(FieldReading(name, value, 0.9, "mrz", 1, (1, 2, 3, 4)) for name, value in values.items())
    )


def outcome(rule: Rule, facts: DocumentFacts) -> str:
    return check_rules(facts, [rule], TODAY)[0].outcome


def rule(kind: str, value: str = "", field: str = "", **more: str) -> Rule:
    return Rule(
        **({"document_type": "any", "country": "", "sentence": "Broken."} | more), kind=kind, field=field, value=value
    )


@pytest.mark.parametrize(
    ("rule", "values", "told"),
    [
        (rule("pattern", "^[A-Z0-9]{8,12}$", "document_number"), {"document_number": "AB123456"}, "passed"),
        (rule("pattern", "[A-Z0-9]{8,12}", "document_number"), {"document_number": "xAB123456"}, "failed"),
        (rule("pattern", "[A-Z]+", "document_number"), {}, "not_applicable"),
        (rule("required", field="iban"), {}, "failed"), (rule("required", field="iban"), {"iban": "DE"}, "passed"),
        (rule("least_age", "18"), {"date_of_birth": "2008-11-21"}, "passed"),
        (rule("least_age", "18"), {"date_of_birth": "2008-11-22"}, "failed"),
        (rule("newest_days", "92"), {"issue_date": "2026-08-21"}, "passed"),
        (rule("newest_days", "92"), {"issue_date": "2026-08-20"}, "failed"),
        (rule("least_days_left", "30"), {"date_of_expiry": "2026-12-21"}, "passed"),
        (rule("least_days_left", "30"), {"date_of_expiry": "2026-12-20"}, "failed"),
        (rule("least_days_left", "30"), {}, "not_applicable"),
    ],
)  # fmt: skip
def test_rule_says_whether_a_document_keeps_it(rule: Rule, values: dict[str, str], told: str) -> None:
    assert outcome(rule, document(**values)) == told


def test_broken_rule_shows_the_value_and_reads_as_its_sentence() -> None:
    result = check_rules(document(iban="x"), [rule("pattern", "[0-9]+", "iban")], TODAY)[0]
    assert (result.sentence, result.evidence[0].box) == ("Broken.", (1, 2, 3, 4))


def test_rule_of_a_country_stands_in_for_that_of_any() -> None:
    rules = [rule("pattern", "[0-9]+", "document_number"), rule("pattern", "[A-Z]+", "document_number", country="DE")]
    german, french = (
        document(document_number="ABC", issuing_state="D"),
        document(document_number="ABC", issuing_state="FRA"),
    )
    assert [result.outcome for result in check_rules(german, rules, TODAY)] == ["passed"]
    assert [result.outcome for result in check_rules(french, rules, TODAY)] == ["failed"]


def test_rule_of_another_type_is_not_about_a_document() -> None:
    assert check_rules(document("invoice"), [rule("required", field="iban", document_type="passport")], TODAY) == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"document_type": "letter"}, "/0/document_type"),
        ({"country": "XX"}, "/0/country"),
        ({"kind": "?"}, "/0/kind"),
        ({"field": "soul"}, "/0/field"),
        ({"value": "("}, "/0/value"),
        ({"value": "(?=x)"}, "/0/value"),
        ({"value": r"(a)\1"}, "/0/value"),
        ({"value": "x" * 201}, "/0/value"),
        ({"sentence": " "}, "/0/sentence"),
        ({"kind": "least_age", "value": "old"}, "/0/value"),
        ({"spare": "x"}, "/0"),
        ({"value": 7}, "/0"),
    ],
)
def test_rule_with_something_wrong_is_refused_where_it_is(change: dict[str, object], pointer: str) -> None:
    good = rules_as_json([rule("pattern", "[A-Z]+", "iban")])[0]
    rules, faults = rules_from_json([good | change])
    assert (rules, [fault[0] for fault in faults]) == ((), [pointer])


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_pattern_that_explodes_elsewhere_takes_no_time_here(pattern: str) -> None:
    started = time.process_time()
    outcome(rule("pattern", pattern, "iban"), document(iban="a" * 490 + "!"))
    assert time.process_time() - started < 0.5


def test_rules_that_ship_are_valid() -> None:
    assert rules_from_json(rules_as_json(DEFAULT_RULES)) == (DEFAULT_RULES, [])
