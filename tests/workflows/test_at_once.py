"""Several workers and schedulers at once: by skipped locks on PostgreSQL, by one writer on SQLite."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from core.actor import system_actor
from core.clock import now
from workflows import services
from workflows.claims import claim_abandoned, claim_next
from workflows.enums import StepState, Urgency
from workflows.models import Run, StepRun, WorkflowSchedule
from workflows.services.scheduling import start_scheduled

pytestmark = pytest.mark.django_db(transaction=True)
BY = system_actor("tests")
THREADS = 8 if connection.vendor == "postgresql" else 3


def _publish(trigger: str) -> None:
    step = "{name: Wait, action: await_callback, with: {what: nothing}}"
    services.publish_workflow(text=f"workflow:\n  name: many\n  trigger: {trigger}\n  steps:\n    - {step}\n", by=BY)


def _at_once(work: Callable[[], Any]) -> list[Any]:
    def closing(_: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(closing, range(THREADS)))


def _start(urgency: Urgency = Urgency.PERSON) -> Run:
    return services.start_run(
        trigger="manual", subject_type="t", subject_id=uuid4(), inputs={}, stream="t:1", by=BY, urgency=urgency
    )


def _claimed_by_one() -> list[UUID]:
    taken = []
    while (step := claim_next()) is not None:
        taken.append(step.pk)
    return taken


def test_workers_at_once_claim_every_step_once() -> None:
    _publish("manual")
    for _ in range(20):
        _start()
    claimed = [step for found in _at_once(_claimed_by_one) for step in found]
    assert sorted(claimed) == sorted(StepRun.objects.values_list("pk", flat=True))
    assert set(StepRun.objects.values_list("attempt", flat=True)) == {1}


def test_a_person_s_step_is_claimed_before_a_batch_that_came_earlier() -> None:
    _publish("manual")
    batch, person = _start(Urgency.BATCH), _start()
    first, second = claim_next(), claim_next()
    assert first is not None
    assert second is not None
    assert [first.run_id, second.run_id] == [person.pk, batch.pk]


def test_an_abandoned_step_is_taken_up_with_its_next_attempt() -> None:
    _publish("manual")
    _start()
    assert claim_next() is not None
    assert claim_abandoned() is None
    StepRun.objects.update(lease_until=now() - timedelta(seconds=1))
    step = claim_abandoned()
    assert step is not None
    assert (step.attempt, step.state) == (2, StepState.RUNNING)


def test_schedulers_at_once_start_one_run() -> None:
    _publish('{on: schedule, cron: "0 * * * *"}')
    WorkflowSchedule.objects.update(next_at=now() - timedelta(minutes=1))
    assert sum(_at_once(start_scheduled)) == 1
    assert Run.objects.count() == 1
