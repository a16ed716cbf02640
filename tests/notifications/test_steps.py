"""The workflow action that tells somebody something."""

from uuid import uuid4

import pytest
from django.db import transaction

from accounts.enums import Role
from core.actor import system_actor
from notifications.models import Notification
from tests.factories.accounts import make_person
from workflows.engine.registry import StepContext, action_named

pytestmark = pytest.mark.django_db


def test_notify_tells_roles_once_however_often_it_runs() -> None:
    mlro = make_person(Role.MLRO)
    make_person()
    context = StepContext(
        run_id=uuid4(), step_id=uuid4(), step_name="tell", attempt=1, subject_type="batch", subject_id=uuid4(), inputs={},
        parameters={"text": "The nightly batch is done", "roles": ["mlro"], "assignee": False}, outputs={}, stream="run:1",
        by=system_actor("workflow"),
    )  # fmt: skip
    action = action_named("notify")
    for _ in range(2):
        with transaction.atomic():
            assert action.commit(context, action.work(context)).output == {"people": 1}
    told = Notification.objects.get()
    assert (told.person, told.text, told.url) == (
        mlro,
        "The nightly batch is done",
        f"/workflows/runs/{context.run_id}/",
    )
