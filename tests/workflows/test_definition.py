"""Reading workflow definitions: every fault with its line and what instead."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.definition import parse_definition

ACTIONS = ["verify_document", "screen_against_lists", "rate_customer", "await_decision", "log_audit_trail"]
GOOD = Path("workflows/definitions/kyc_onboarding.yaml").read_text()


def test_parse_definition_of_the_shipped_text_gives_its_steps_in_order() -> None:
    definition, faults = parse_definition(GOOD, ACTIONS)
    assert not faults
    assert definition is not None
    assert [step.action for step in definition.steps] == ACTIONS


@pytest.mark.parametrize(
    ("text", "line", "message", "suggestion"),
    [
        (
            GOOD.replace("verify_document", "verify_dokument"),
            6,
            "`verify_dokument` is not a known action",
            "`verify_document`",
        ),
        (GOOD.replace("new_customer", "new_custumer"), 3, "not a known trigger", "`new_customer`"),
        (GOOD.replace("Risk Rating", "Sanctions Screening"), 9, "two steps are named", "own name"),
        (GOOD.replace('  name: "KYC Onboarding"\n', ""), 2, "has no `name`", "add `name"),
        (GOOD.replace("steps:", "stepz:"), 4, "`stepz` is not a key", "`steps`"),
        (GOOD.replace('"KYC Onboarding"', ""), 2, "must be a text", "name"),
        ("", 1, "empty", "workflow"),
        ("workflow: [", 1, "not YAML", "indentation"),
        ("workflow:\n\tname: x", 2, "not YAML", "indentation"),
        ("- a\n- b", 1, "must be a mapping", "workflow"),
        ("workflow:\n  name: a\n  trigger: manual\n  steps: []", 4, "at least one step", "action"),
        ("workflow:\n  name: a\n  name: b\n  trigger: manual\n  steps: []", 3, "stands twice", "keep one"),
    ],
)
def test_parse_definition_with_a_fault_names_line_and_remedy(
    text: str, line: int, message: str, suggestion: str
) -> None:
    definition, faults = parse_definition(text, ACTIONS)
    assert definition is None
    assert any(f.line == line and message in f.message and suggestion in f.suggestion for f in faults), faults


@given(st.text(max_size=200))
def test_parse_definition_of_any_text_never_raises(text: str) -> None:
    definition, faults = parse_definition(text, ACTIONS)
    assert (definition is None) == bool(faults)
