"""Claims, fencing, retries, parking and resuming."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from core.actor import system_actor
from core.clock import now
from workflows import services
from workflows.claims import claim
from workflows.engine import registry
from workflows.engine.registry import Action, StepContext, StepOutcome
from workflows.enums import RunState, StepState
from workflows.exceptions import NoWorkflowForTrigger, RunNotWaiting, StepFailed, StepNotRetryable
from workflows.models import Run, StepRun
from workflows.runner import run_step

pytestmark = pytest.mark.django_db
BY = system_actor("tests")
TEXT = """
workflow:
  name: "Test"
  trigger: "manual"
  steps:
    - {name: "One", action: "test_one"}
    - {name: "Two", action: "test_two"}
"""


class _Told(Action):
    """Does what the test tells it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.answers: list[StepOutcome | Exception] = []
        self.effects = 0

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        self.effects += 1
        answer = self.answers.pop(0) if self.answers else StepOutcome({"n": 1})
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def actions(monkeypatch: pytest.MonkeyPatch) -> tuple[_Told, _Told]:
    one, two = _Told("test_one"), _Told("test_two")
    monkeypatch.setattr(registry, "_actions", {**registry._actions, "test_one": one, "test_two": two})
    services.publish_workflow(text=TEXT, by=BY)
    return one, two


def _start() -> Run:
    return services.start_run(
        trigger="manual", subject_type="test", subject_id=uuid4(), inputs={}, stream="test:1", by=BY
    )


def _step(run: Run, name: str = "One") -> StepRun:
    return StepRun.objects.get(run=run, name=name)


def test_run_step_to_the_end_finishes_the_run(actions: tuple[_Told, _Told]) -> None:
    run = _start()
    assert run_step(_step(run).pk)
    assert run_step(_step(run, "Two").pk)
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_claim_by_two_workers_is_won_by_one(actions: tuple[_Told, _Told]) -> None:
    step = _step(_start())
    assert claim(step.pk) is not None
    assert claim(step.pk) is None


def test_claim_after_the_lease_ran_out_counts_the_attempt(actions: tuple[_Told, _Told]) -> None:
    step = _step(_start())
    claim(step.pk)
    StepRun.objects.filter(pk=step.pk).update(lease_until=now() - timedelta(seconds=1))
    second = claim(step.pk)
    assert second is not None
    assert second.attempt == 2


def test_a_zombies_effects_are_discarded(actions: tuple[_Told, _Told], monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = actions
    step = _step(_start())

    def work_while_somebody_else_claims(context: StepContext) -> None:
        StepRun.objects.filter(pk=step.pk).update(attempt=7)

    monkeypatch.setattr(one, "work", work_while_somebody_else_claims)
    run_step(step.pk)
    assert one.effects == 0
    assert _step(step.run).state == StepState.RUNNING


def test_a_failing_step_is_tried_again_later(actions: tuple[_Told, _Told]) -> None:
    actions[0].answers = [RuntimeError("secret-marker")]
    step = _step(_start())
    run_step(step.pk)
    step.refresh_from_db()
    assert (step.state, step.attempt, step.reason) == (StepState.PENDING, 1, "RuntimeError")
    assert step.run_at > now()


def test_effects_of_a_failing_step_are_rolled_back(
    actions: tuple[_Told, _Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_done(context: StepContext, worked: object) -> StepOutcome:
        Run.objects.filter(pk=context.run_id).update(stream="changed")
        raise RuntimeError

    monkeypatch.setattr(actions[0], "commit", half_done)
    run = _start()
    run_step(_step(run).pk)
    run.refresh_from_db()
    assert run.stream == "test:1"


def test_a_step_that_kills_its_worker_each_time_ends_dead(actions: tuple[_Told, _Told]) -> None:
    step = _step(_start())
    StepRun.objects.filter(pk=step.pk).update(
        state=StepState.RUNNING, attempt=step.max_attempts, lease_until=now() - timedelta(seconds=1)
    )
    run_step(step.pk)
    step.refresh_from_db()
    assert step.state == StepState.DEAD
    assert actions[0].effects == 0


def test_a_permanent_failure_ends_dead_at_once_and_can_be_retried(actions: tuple[_Told, _Told]) -> None:
    actions[0].answers = [StepFailed("no such list", retry=False)]
    step = _step(_start())
    run_step(step.pk)
    assert _step(step.run).state == StepState.DEAD
    services.retry_step(step_id=step.pk, reason="list imported", by=BY)
    run_step(step.pk)
    assert _step(step.run).state == StepState.DONE


def test_retry_of_a_step_that_is_not_dead_is_refused(actions: tuple[_Told, _Told]) -> None:
    with pytest.raises(StepNotRetryable):
        services.retry_step(step_id=_step(_start()).pk, reason="why not", by=BY)


def test_a_parked_run_goes_on_when_resumed(actions: tuple[_Told, _Told]) -> None:
    actions[0].answers = [StepOutcome(parked=True, reason="a person decides")]
    run = _start()
    run_step(_step(run).pk)
    run.refresh_from_db()
    assert run.state == RunState.WAITING
    services.resume_run(run_id=run.pk, output={"ok": True}, by=BY)
    assert _step(run, "Two").state == StepState.PENDING


def test_resume_of_a_run_that_does_not_wait_is_refused(actions: tuple[_Told, _Told]) -> None:
    with pytest.raises(RunNotWaiting):
        services.resume_run(run_id=_start().pk, output={}, by=BY)


def test_cancel_fences_off_a_step_at_work(actions: tuple[_Told, _Told], monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = actions
    run = _start()
    monkeypatch.setattr(one, "work", lambda context: services.cancel_run(run_id=run.pk, reason="mistake", by=BY))
    run_step(_step(run).pk)
    assert one.effects == 0
    assert _step(run).state == StepState.CANCELLED


def test_a_run_keeps_the_version_it_started_with(actions: tuple[_Told, _Told]) -> None:
    run = _start()
    services.publish_workflow(text=TEXT.replace("Two", "Three"), by=BY)
    run_step(_step(run).pk)
    assert _step(run, "Two").state == StepState.PENDING


def test_publish_of_the_same_text_makes_no_new_version(actions: tuple[_Told, _Told]) -> None:
    assert services.publish_workflow(text=TEXT, by=BY).number == 1


def test_start_run_without_a_published_workflow_says_so() -> None:
    with pytest.raises(NoWorkflowForTrigger):
        _start()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite every process has the same machine's clock")
def test_worker_whose_clock_runs_ahead_takes_nobodys_step_and_leaves_none_for_tomorrow(
    actions: tuple[_Told, _Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    held, due = (StepRun.objects.get(run=_start()) for _ in range(2))
    assert claim(held.pk) is not None
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=1))
    assert claim(held.pk) is None
    assert claim(due.pk) is not None
    due.refresh_from_db()
    assert due.lease_until is not None
    assert due.lease_until < real() + timedelta(hours=1)
