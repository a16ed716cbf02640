"""Periodic tasks: one worker of all runs one."""

from datetime import timedelta

import pytest

from core.clock import now
from workflows.engine import periodic as registry
from workflows.engine.periodic import Periodic
from workflows.models import PeriodicTask
from workflows.periodic import run_due_periodic

pytestmark = pytest.mark.django_db


def _register(monkeypatch: pytest.MonkeyPatch, function: object) -> None:
    monkeypatch.setattr(registry, "_tasks", {"test": Periodic("test", 60, function)})


def test_run_due_periodic_runs_a_due_task_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    _register(monkeypatch, lambda: ran.append(1))
    assert (run_due_periodic(), run_due_periodic(), len(ran)) == (1, 0, 1)


def test_run_due_periodic_runs_it_again_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    _register(monkeypatch, lambda: ran.append(1))
    run_due_periodic()
    PeriodicTask.objects.update(next_at=now() - timedelta(seconds=1))
    run_due_periodic()
    assert len(ran) == 2


def test_run_due_periodic_with_a_failing_task_notes_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    _register(monkeypatch, lambda: 1 / 0)
    run_due_periodic()
    assert PeriodicTask.objects.get().last_error == "ZeroDivisionError"
