"""Reading workflow definitions: every fault with its line and what instead."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.definition import parse_definition
from workflows.engine.parameters import Parameter

ACTIONS: dict[str, dict[str, Parameter]] = {
    name: {}
    for name in ("verify_document", "screen_against_lists", "rate_customer", "await_decision", "log_audit_trail")
} | {
    "notify": {
        "text": Parameter("text", "what to say", required=True),
        "to": Parameter("text", "whom", choices=("mlro", "analyst")),
    },
    "wait": {"days": Parameter("whole", "how long", default=3)},
}
GOOD = Path("workflows/definitions/kyc_onboarding.yaml").read_text()


def test_parse_definition_of_the_shipped_text_gives_its_steps_in_order() -> None:
    definition, faults = parse_definition(GOOD, ACTIONS)
    assert not faults
    assert definition is not None
    assert [step.action for step in definition.steps] == list(ACTIONS)[:5]
    assert [step.needs for step in definition.steps[:2]] == [(), ("Document Verification",)]


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


STEPS = """workflow:
  name: a
  trigger: manual
  steps:
    - name: One
      action: verify_document
    - name: Two
      action: notify
      with: {text: hello}
"""


def _two(lines: str) -> str:
    """STEPS with further lines in the second step, from line 10 on."""
    return STEPS + "".join(f"      {line}\n" for line in lines.splitlines())


@pytest.mark.parametrize(
    ("text", "line", "message", "suggestion"),
    [
        (STEPS.replace("trigger: manual", "trigger: schedule"), 3, "a schedule needs `cron`", "cron:"),
        (
            STEPS.replace("trigger: manual", 'trigger: {on: schedule, cron: "61 * * * *"}'),
            3,
            "no schedule that ever comes",
            "minute hour",
        ),
        (
            STEPS.replace("trigger: manual", 'trigger: {on: schedule, cron: "0 0 31 2 *"}'),
            3,
            "no schedule that ever comes",
            "minute hour",
        ),
        (
            STEPS.replace("trigger: manual", 'trigger: {on: manual, cron: "0 6 * * *"}'),
            3,
            "`cron` belongs to a schedule",
            "cron",
        ),
        (
            STEPS.replace("trigger: manual", 'trigger: {on: schedule, cron: "0 6 * * *", time_zone: Europe/Lisbom}'),
            3,
            "no time zone",
            "Europe/Lisbon",
        ),
        (STEPS.replace("trigger: manual", "trigger: {at: manual}"), 3, "`at` is not a key of `trigger`", "on"),
        (STEPS.replace("{text: hello}", "{text: 7}"), 9, "`text` must be a text", '"…"'),
        (STEPS.replace("{text: hello}", "{txt: hello}"), 9, "`txt` is not a parameter", "`text`"),
        (STEPS.replace("{text: hello}", "{text: hello, to: boss}"), 9, "`to` must be", "mlro, analyst"),
        (STEPS.replace("      with: {text: hello}\n", ""), 8, "needs `text`: what to say", "with:"),
        (STEPS.replace("{text: hello}", "hello"), 9, "`with` must be a mapping", "text"),
        (_two("needs: [Oen]"), 10, "`Oen` is no step", "`One`"),
        (_two("needs: [Two]"), 10, "`Two` needs itself in the end", "circle"),
        (_two("needs: {}"), 10, "must be a text", "needs"),
        (_two('when: step("One").total >'), 10, "ends too early", "a value"),
        (_two('when: step("One").total = 3'), 10, "cannot be read", "a path"),
        (_two("when: amount > 3"), 10, "`amount` is no value", "inputs.name"),
        (_two("when: inputs > 3"), 10, "`inputs` needs the name", "inputs.name"),
        (_two('when: step("Oen").x > 3'), 10, "`Oen` is no step", "`One`"),
        (_two('needs: []\nwhen: step("One").x > 3'), 11, "may not be done yet", 'needs: ["One"]'),
        (_two("when: inputs.a and inputs.b or inputs.c"), 10, "side by side", "parentheses"),
        (_two("when: item.x > 3"), 10, "`item` is there with `for_each` only", "for_each"),
        (_two("for_each: 3"), 10, "no path to a list", "inputs.name"),
        (_two("retry: {attempts: 0}"), 10, "whole number from 1 to 50", "attempts: 1"),
        (_two("retry: {attempt: 3}"), 10, "`attempt` is not a key", "`attempts`"),
        (_two("retry: {wait: 5}"), 10, "a time like 30s", "10m"),
        (_two("retry: {factor: fast}"), 10, "a number from 1 to 20", "factor: 1"),
        (_two("timeout: soon"), 10, "a time like 30s", "timeout: 10m"),
        (_two("on_failure: stop"), 10, "`stop` is not a known on_failure", "notify, continue, park"),
        (_two("on_failure: {compensate: Undo}"), 10, "`Undo` is no step", "One"),
        (_two("on_failure: {undo: One}"), 10, "`undo` is not a key", "compensate"),
        (STEPS.replace("trigger: manual", "trigger: {on: manual, catch_up: skip}"), 3, "belongs to a schedule", "cron"),
        (
            STEPS.replace("trigger: manual", 'trigger: {on: schedule, cron: "0 6 * * *", catch_up: all}'),
            3,
            "`all` is not a known catch_up",
            "each",
        ),
        (
            STEPS.replace("trigger: manual", 'trigger: {on: manual, when: step("One").n > 1}'),
            3,
            "reads inputs only",
            "inputs.name",
        ),
        (STEPS.replace("{text: hello}", '{text: {from: step("Oen").n}}'), 9, "`Oen` is no step", "`One`"),
        (STEPS.replace("{text: hello}", "{text: {from: reason}}"), 9, "`reason` is no value", "inputs.name"),
    ],
)
def test_the_richer_language_names_line_and_remedy_too(text: str, line: int, message: str, suggestion: str) -> None:
    definition, faults = parse_definition(text, ACTIONS)
    assert definition is None
    assert any(f.line == line and message in f.message and suggestion in f.suggestion for f in faults), faults


def test_everything_a_step_can_say_is_read() -> None:
    text = _two('needs: One\nwhen: step("One").total > 0 and not inputs.quiet\nfor_each: step("One").items\n'
                "retry: {attempts: 3, wait: 5s, factor: 2, most: 1m, errors: [Timeout]}\ntimeout: 10m\non_failure: park")  # fmt: skip
    definition, faults = parse_definition(
        text.replace("trigger: manual", 'trigger: {on: schedule, cron: "0 6 * * 1-5"}'), ACTIONS
    )
    assert not faults
    assert definition is not None
    step = definition.step("Two")
    assert (definition.trigger.cron, step.needs, step.timeout, step.on_failure.what) == (
        "0 6 * * 1-5",
        ("One",),
        600,
        "park",
    )
    assert (step.retry.attempts, step.retry.wait, step.retry.most, step.retry.errors) == (3, 5, 60, ("Timeout",))
    assert step.parameters == {"text": "hello"}


@given(st.text(max_size=200))
def test_parse_definition_of_any_text_never_raises(text: str) -> None:
    definition, faults = parse_definition(text, ACTIONS)
    assert (definition is None) == bool(faults)
