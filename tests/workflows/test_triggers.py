"""What starts workflows: events of the apps, people, signed messages of other systems; schedules that were missed."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.actor import system_actor
from core.clock import now
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from workflows import services
from workflows.enums import Urgency
from workflows.hooks import Delivery, secret_for, signature_of
from workflows.models import Run, Workflow, WorkflowSchedule, WorkflowVersion
from workflows.services.scheduling import start_scheduled

pytestmark = pytest.mark.django_db
BY = system_actor("tests")


def _publish(trigger: str, name: str = "told") -> WorkflowVersion:
    step = "{name: Wait, action: await_callback, with: {what: nothing}}"
    text = f"workflow:\n  name: {name}\n  trigger: {trigger}\n  steps:\n    - {step}\n"
    return services.publish_workflow(text=text, by=BY)


def _fire(event: str, **inputs: object) -> list[Run]:
    return services.start_for_event(
        event=event, subject_type="test", subject_id=uuid4(), inputs=inputs, stream="test:1", by=BY
    )


def test_an_event_starts_every_workflow_whose_condition_holds() -> None:
    _publish("list_updated", "plain")
    _publish("{on: list_updated, when: inputs.added > 10}", "many")
    assert [run.version.workflow.name for run in _fire("list_updated", added=3)] == ["plain"]
    assert {run.version.workflow.name for run in _fire("list_updated", added=30)} == {"plain", "many"}
    assert _fire("case_decided") == []


def test_the_workflow_with_a_condition_comes_before_the_one_without() -> None:
    _publish('{on: new_customer, when: inputs.kind == "organisation"}', "organisations")
    _publish("new_customer", "everybody")
    started = [
        services.start_run(
            trigger="new_customer", subject_type="t", subject_id=uuid4(), inputs={"kind": kind}, stream="t:1", by=BY
        ).version.workflow.name
        for kind in ("organisation", "person")
    ]
    assert started == ["organisations", "everybody"]


def test_a_batch_keeps_its_place_behind_a_person() -> None:
    _publish("manual")
    subject = {"subject_type": "t", "subject_id": uuid4(), "inputs": {}, "stream": "t:1", "by": BY}
    batch = services.start_run(trigger="manual", urgency=Urgency.BATCH, **subject)
    person = services.start_run(trigger="manual", **subject)
    assert person.steps.get().place_at < batch.steps.get().place_at


def _started_over_rest(client: Client, workflow: Workflow, inputs: dict[str, str], key: str = "one") -> Any:
    return client.post(
        reverse("api-workflow-runs", args=[workflow.pk]), {"inputs": inputs}, "application/json",
        headers={"Idempotency-Key": key},
    )  # fmt: skip


def test_a_person_starts_a_run_once_about_what_the_inputs_name(client: Client) -> None:
    client.force_login(make_person(Role.ADMINISTRATOR))
    workflow, customer = _publish("manual").workflow, make_customer()
    answers = [_started_over_rest(client, workflow, {"customer_id": str(customer.pk)}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    run = Run.objects.get()
    assert (run.subject_type, run.subject_id) == ("customer", customer.pk)
    assert _started_over_rest(client, workflow, {"customer_id": str(uuid4())}, "two").status_code == 404
    assert _started_over_rest(client, _publish("list_updated", "o").workflow, {}, "three").status_code == 409


def test_starting_by_hand_needs_the_permission(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert _started_over_rest(client, _publish("manual").workflow, {}).status_code == 403


def _told(workflow: Workflow, secret: str, message: str = "msg_1", at: int = 0) -> dict[str, Any]:
    body = json.dumps({"inputs": {"order": 7}}).encode()
    delivery = Delivery(message, str(int(now().timestamp()) + at), "", body)
    headers = {"webhook-id": message, "webhook-timestamp": delivery.timestamp,
               "webhook-signature": f"v1,other {signature_of(delivery, secret)}"}  # fmt: skip
    return {"path": reverse("api-hook", args=[workflow.pk]), "data": body, "headers": headers}


def test_a_signed_message_starts_one_run_however_often_it_is_told(client: Client) -> None:
    workflow = _publish("webhook").workflow
    message = _told(workflow, secret_for(workflow.pk, 0))
    answers = [client.post(**message, content_type="application/json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert Run.objects.get().inputs == {"order": 7}
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(("at", "generation"), [(-400, 0), (400, 0), (0, 1)])
def test_an_old_or_wrongly_signed_message_starts_nothing(client: Client, at: int, generation: int) -> None:
    workflow = _publish("webhook").workflow
    message = _told(workflow, secret_for(workflow.pk, generation), at=at)
    assert client.post(**message, content_type="application/json").status_code == 403
    assert not Run.objects.exists()


def test_a_renewed_secret_is_shown_once_and_ends_the_former(client: Client) -> None:
    client.force_login(make_person(Role.ADMINISTRATOR))
    workflow = _publish("webhook").workflow
    told = client.post(reverse("api-hook-secret", args=[workflow.pk])).json()
    client.logout()
    assert (
        client.post(**_told(workflow, secret_for(workflow.pk, 0)), content_type="application/json").status_code == 403
    )
    assert client.post(**_told(workflow, told["secret"]), content_type="application/json").status_code == 202
    assert not AuditEntry.objects.filter(body__contains=told["secret"].encode()).exists()


@pytest.mark.parametrize(
    ("catch_up", "hours", "started"), [("once", 5, 1), ("skip", 5, 0), ("each", 5, 6), ("skip", 0, 1)]
)
def test_missed_times_are_made_up_as_the_text_says(
    catch_up: str, hours: int, started: int, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(now().replace(hour=10, minute=20))  # at midnight the daily time would be on time
    _publish(f'{{on: schedule, cron: "0 * * * *", catch_up: {catch_up}}}')
    hour = now().replace(minute=0, second=0, microsecond=0)
    moment = hour - timedelta(hours=hours) if hours else now() - timedelta(seconds=2)
    WorkflowSchedule.objects.update(next_at=moment)
    if catch_up == "skip" and hours:
        WorkflowSchedule.objects.update(cron="0 0 * * *", next_at=now() - timedelta(hours=5))
    assert start_scheduled() == started
    assert start_scheduled() == 0


def test_a_schedule_does_not_pile_up_on_a_run_that_is_still_going() -> None:
    _publish('{on: schedule, cron: "0 * * * *"}')
    for expected in (1, 0):
        WorkflowSchedule.objects.update(next_at=now() - timedelta(minutes=1))
        assert start_scheduled() == expected
