"""What comes next in a run, for every shape of graph."""

from workflows.engine.definition import WorkflowDefinition, parse_definition
from workflows.engine.plan import Plan, StepStanding, plan

HEAD = "workflow:\n  name: a\n  trigger: manual\n  steps:\n"


def _definition(*steps: str) -> WorkflowDefinition:
    definition, faults = parse_definition(
        HEAD + "".join(f"    - {{action: act, {step}}}\n" for step in steps), {"act": {}}
    )
    assert definition is not None, faults
    return definition


def _next(definition: WorkflowDefinition, **states: str) -> Plan:
    return plan(
        definition, {name: StepStanding(state, {"n": 1}) for name, state in states.items()}, {"items": [1, 2, 3]}
    )


def _started(moves: Plan) -> list[str]:
    return [start.step.name for start in moves.starts]


def test_a_plain_list_runs_in_its_order() -> None:
    definition = _definition("name: a", "name: b")
    assert _started(_next(definition)) == ["a"]
    assert _started(_next(definition, a="done")) == ["b"]
    assert _next(definition, a="done", b="done").finished


def test_branches_start_together_and_join_when_all_are_settled() -> None:
    definition = _definition("name: a", "name: b, needs: []", "name: c, needs: [a, b]")
    assert _started(_next(definition)) == ["a", "b"]
    assert _started(_next(definition, a="done", b="running")) == []
    assert _started(_next(definition, a="done", b="failed")) == ["c"]


def test_a_step_whose_condition_does_not_hold_is_left_out_with_what_needs_only_it() -> None:
    definition = _definition("name: a", "name: b, when: 'inputs.x == 1'", "name: c", "name: d, needs: [a, c]")
    moves = _next(definition, a="done")
    assert moves.skips == ("b", "c")
    assert _started(moves) == ["d"]


def test_for_each_starts_the_step_once_an_item_that_its_condition_keeps() -> None:
    definition = _definition("name: a, for_each: inputs.items, when: 'item > 1'")
    assert _next(definition).starts[0].items == (2, 3)


def test_for_each_over_nothing_leaves_the_step_out_and_the_run_ends() -> None:
    definition = _definition("name: a, for_each: inputs.nothing")
    moves = _next(definition)
    assert moves.skips == ("a",)
    assert moves.finished


def test_a_compensation_runs_only_after_its_step_was_given_up() -> None:
    definition = _definition("name: a, on_failure: {compensate: undo}", "name: undo, needs: []", "name: b, needs: [a]")
    assert _started(_next(definition)) == ["a"]
    assert _next(definition, a="done", b="done").finished
    assert _started(_next(definition, a="dead")) == ["undo"]


def test_a_dead_step_holds_up_what_needs_it_and_nothing_else() -> None:
    definition = _definition("name: a", "name: b", "name: c, needs: []")
    assert _started(_next(definition, a="dead")) == ["c"]
    assert not _next(definition, a="dead", c="done").finished
