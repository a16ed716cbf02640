"""Runs of graphs: branches, items, failures that go on, park, are undone or left out; callbacks and schedules."""

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import jsonschema
import pytest
import yaml
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from core.actor import system_actor
from core.clock import now
from tests.factories.accounts import make_person
from workflows import services
from workflows.callbacks import token_for
from workflows.engine import registry
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, actions_with_summaries
from workflows.engine.schema import definition_schema
from workflows.enums import RunState, StepState
from workflows.exceptions import RunNotWaiting, StepFailed, StepNotRetryable
from workflows.models import Run, StepRun, WorkflowSchedule
from workflows.runner import run_step
from workflows.selectors import due_steps
from workflows.services.scheduling import next_after, start_scheduled

pytestmark = pytest.mark.django_db
BY = system_actor("tests")


class Note(Action):
    """Puts out what it was given, and counts; fails where it is told to."""

    name = "note"
    parameters = {"n": Parameter("whole", "a number", default=1), "fails": Parameter("flag", "whether it fails")}
    seen: list[tuple[str, object]] = []

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        Note.seen.append((context.step_name, context.item))
        if context.parameters.get("fails"):
            raise StepFailed("told to", retry=False)
        return StepOutcome({"n": context.parameters["n"], "files": ["a", "b"], "before": len(context.outputs)})


@pytest.fixture(autouse=True)
def _actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_actions", {**registry._actions, "note": Note()})
    Note.seen = []


def _text(steps: str, trigger: str = "manual") -> str:
    return f"workflow:\n  name: graph\n  trigger: {trigger}\n  steps:\n" + "".join(
        f"    - {{{step}}}\n" for step in steps.strip().splitlines()
    )


def _run(steps: str) -> Run:
    services.publish_workflow(text=_text(steps), by=BY)
    run = services.start_run(
        trigger="manual", subject_type="test", subject_id=uuid4(), inputs={"kind": "person"}, stream="test:1", by=BY
    )
    return _worked(run)


def _worked(run: Run) -> Run:
    while due := due_steps(50):
        for step_id in due:
            run_step(step_id)
    run.refresh_from_db()
    return run


def _states(run: Run) -> dict[str, str]:
    return dict(run.steps.values_list("name", "state"))


def test_branches_conditions_and_items_run_to_the_end() -> None:
    run = _run("""name: Read, action: note, with: {n: 3}
name: Screen, action: note, needs: []
name: Each, action: note, needs: Read, for_each: 'step("Read").files'
name: Never, action: note, needs: Read, when: 'step("Read").n > 5'
name: Join, action: note, needs: [Each, Screen], when: 'inputs.kind == "person"'""")
    assert run.state == RunState.DONE
    assert sorted(item for name, item in Note.seen if name == "Each") == ["a", "b"]
    assert _states(run)["Never"] == StepState.SKIPPED
    join = run.steps.get(name="Join").output
    assert join["before"] == 4
    assert [name for name, _ in Note.seen][-1] == "Join"


def test_a_failure_that_continues_is_told_to_what_follows() -> None:
    run = _run("""name: A, action: note, with: {fails: true}, on_failure: continue
name: B, action: note""")
    assert run.state == RunState.DONE
    assert _states(run) == {"A": StepState.FAILED, "B": StepState.DONE}


def test_a_failure_that_parks_waits_for_a_person_who_leaves_it_out() -> None:
    run = _run("""name: A, action: note, with: {fails: true}, on_failure: park
name: B, action: note""")
    assert run.state == RunState.WAITING
    with pytest.raises(RunNotWaiting):
        services.resume_run(run_id=run.pk, output={}, by=BY)
    services.skip_step(step_id=run.steps.get(name="A").pk, reason="known outage", by=BY)
    assert _worked(run).state == RunState.DONE
    with pytest.raises(StepNotRetryable):
        services.skip_step(step_id=run.steps.get(name="A").pk, reason="again", by=BY)


def test_a_failure_is_compensated_and_the_run_stays_stopped() -> None:
    run = _run("""name: A, action: note
name: B, action: note, with: {fails: true}, on_failure: {compensate: Undo}
name: C, action: note
name: Undo, action: note, needs: []""")
    assert run.state == RunState.DEAD
    assert _states(run) == {"A": StepState.DONE, "B": StepState.DEAD, "Undo": StepState.DONE}


def test_everything_given_up_is_tried_again_after_an_outage() -> None:
    run = _run("name: A, action: note, with: {fails: true}")
    assert run.state == RunState.DEAD
    assert services.retry_all(reason="the provider is back", by=BY) == 1
    run.refresh_from_db()
    assert run.state == RunState.RUNNING


def test_errors_that_are_not_named_are_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Note, context: StepContext, worked: object) -> StepOutcome:
        raise TimeoutError

    monkeypatch.setattr(Note, "commit", broken)
    named, other = "retry: {errors: [TimeoutError], wait: 1h}", "retry: {errors: [OSError, ConnectionError]}"
    run = _run(f"name: A, action: note, {named}\nname: B, action: note, needs: [], {other}")
    assert _states(run) == {"A": StepState.PENDING, "B": StepState.DEAD}


def test_a_step_that_outlasts_its_time_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, *[100.0] * 50])
    monkeypatch.setattr("workflows.runner.time.monotonic", lambda: next(moments))
    run = _run("name: A, action: note, timeout: 30s")
    assert "took longer" in run.steps.get().reason
    assert Note.seen == []


def test_another_system_answers_at_a_signed_address_once(client: Client) -> None:
    run = _run("""name: Ask, action: await_callback, with: {what: the registry}
name: Use, action: note, when: 'step("Ask").found == true'""")
    assert run.state == RunState.WAITING
    url = f"/api/v1/workflows/callbacks/{token_for(run.steps.get(name='Ask').pk)}"
    answer = {"output": {"found": True}}
    assert client.post(url, answer, content_type="application/json").status_code == 204
    assert client.post(url, answer, content_type="application/json").status_code == 409
    assert client.post(url + "x", answer, content_type="application/json").status_code == 404
    assert _worked(run).state == RunState.DONE
    assert _states(run)["Use"] == StepState.DONE


def test_the_address_is_shown_to_who_operates_runs_alone(client: Client) -> None:
    run = _run("name: Ask, action: await_callback, with: {what: the registry}")
    url = reverse("workflows:run_detail", args=[run.pk])
    for role, shown in ((Role.ADMINISTRATOR, True), (Role.ANALYST, False)):
        client.force_login(make_person(role))
        assert (token_for(run.steps.get().pk) in client.get(url).content.decode()) is shown


def test_an_address_that_is_too_old_answers_nothing() -> None:
    run = _run("name: Ask, action: await_callback, with: {what: the registry, days: 1}")
    StepRun.objects.update(output={"until": (now() - timedelta(seconds=1)).isoformat()})
    with pytest.raises(RunNotWaiting):
        services.answer_callback(step_id=run.steps.get().pk, output={}, by=BY)


def test_a_workflow_starts_another() -> None:
    services.publish_workflow(text=_text("name: A, action: note").replace("graph", "other"), by=BY)
    run = _run(
        "name: Go, action: run_workflow, with: {workflow: other}\nname: No, action: run_workflow, needs: [], with: {workflow: none}"
    )
    assert Run.objects.filter(version__workflow__name="other").count() == 1
    assert _states(run)["No"] == StepState.DEAD


def test_a_schedule_starts_once_however_many_look_and_makes_up_for_what_was_missed() -> None:
    services.publish_workflow(
        text=_text("name: A, action: note", '{on: schedule, cron: "0 6 * * *", time_zone: Europe/Lisbon}'), by=BY
    )
    assert start_scheduled() == 0
    WorkflowSchedule.objects.update(next_at=now() - timedelta(days=3))
    assert (start_scheduled(), start_scheduled()) == (1, 0)
    assert WorkflowSchedule.objects.get().next_at > now()
    services.publish_workflow(text=_text("name: A, action: note"), by=BY)
    assert not WorkflowSchedule.objects.exists()


def test_a_schedule_keeps_to_the_clock_over_summer_time() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=timezone.utc)
    assert next_after(before, "0 6 * * *", "Europe/Lisbon").astimezone(timezone.utc).hour == 5


def test_the_schema_accepts_what_the_engine_accepts_and_refuses_what_it_refuses() -> None:
    schema = definition_schema(actions_with_summaries())
    good = _text("name: A, action: note, with: {n: 3}, timeout: 5m\nname: B, action: await_callback, with: {what: x}")
    jsonschema.validate(yaml.safe_load(good), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(_text("name: B, action: await_callback")), schema)


def test_the_page_of_a_parked_run_offers_to_leave_the_step_out(client: Client) -> None:
    run = _run("name: A, action: note, with: {fails: true}, on_failure: park")
    client.force_login(make_person(Role.ADMINISTRATOR))
    assert "Leave it out" in client.get(reverse("workflows:run_detail", args=[run.pk])).content.decode()
    client.post(reverse("workflows:step_skip", args=[run.steps.get().pk]), {"reason": "known outage"})
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_a_parameter_takes_its_value_from_an_earlier_step() -> None:
    run = _run("""name: Read, action: note, with: {n: 3}
name: Taken, action: note, with: {n: {from: step("Read").n}}
name: Wrong, action: note, with: {n: {from: step("Read").files}}""")
    assert run.steps.get(name="Taken").output["n"] == 3
    wrong = run.steps.get(name="Wrong")
    assert (wrong.state, wrong.reason) == (StepState.DEAD, "`n` was to be a whole and is list")
