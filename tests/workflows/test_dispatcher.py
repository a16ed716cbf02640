"""The embedded dispatcher with real threads."""

import time
from uuid import uuid4

import pytest
from pytest_django import Settings

from tests.workflows.test_runner import BY, TEXT, _Told
from workflows import dispatcher as dispatching
from workflows import hints, services
from workflows.dispatcher import EmbeddedDispatcher
from workflows.engine import due, periodic, registry
from workflows.enums import RunState, StepState
from workflows.models import Run, StepRun

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the test's own actions and no other queue."""
    told = {name: _Told(name) for name in ("test_one", "test_two")}
    monkeypatch.setattr(registry, "_actions", told)
    monkeypatch.setattr(due, "_sources", {})
    monkeypatch.setattr(periodic, "_tasks", {})


def _run_until_done(run: Run) -> str:
    dispatcher = EmbeddedDispatcher(2)
    dispatcher.start()
    deadline = time.monotonic() + 15
    while Run.objects.get(pk=run.pk).state == RunState.RUNNING and time.monotonic() < deadline:
        time.sleep(0.05)
    dispatcher.stop()
    return str(Run.objects.get(pk=run.pk).state)


def _start() -> Run:
    services.publish_workflow(text=TEXT, by=BY)
    return services.start_run(trigger="manual", subject_type="test", subject_id=uuid4(), inputs={}, stream="t:1", by=BY)


def test_what_was_queued_before_the_start_is_done(quiet: None) -> None:
    assert _run_until_done(_start()) == RunState.DONE


def test_what_a_dead_process_left_running_is_done_after_the_next_start(quiet: None) -> None:
    run = _start()
    StepRun.objects.update(state=StepState.RUNNING, attempt=1, lease_until="2099-01-01T00:00:00Z", owner="gone:1:1")
    assert _run_until_done(run) == RunState.DONE


def test_what_waits_for_a_worker_is_not_hinted_at_every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(dispatching, "publish", lambda _, *words: told.append(words[-1]))
    hinting = dispatching.HintingDispatcher()
    for due_hints in ([("t", "one")], [("t", "one"), ("t", "two")], [("t", "two")], [("t", "one")]):
        hinting._hint(due_hints)
    assert told == ["one", "two", "one"]  # the last: it was done in between, and is due anew


def test_one_hint_of_a_source_is_out_until_a_worker_takes_it(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.REDIS_URL = settings.REDIS_URL or "redis://a.broker"
    told: list[str] = []
    monkeypatch.setattr(hints, "publish", lambda _, source, identifier: told.append(identifier))
    first, second, third = uuid4(), uuid4(), uuid4()
    hints.hint_taken("a queue")
    hints.hint_due("a queue", first)
    hints.hint_due("a queue", second)  # the worker that is on its way takes it along
    hints.hint_taken("a queue")
    hints.hint_due("a queue", third)
    assert told == [str(first), str(third)]
