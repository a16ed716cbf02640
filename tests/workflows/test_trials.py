"""A version tried on a past run: what would happen and what did, and nothing of it stays."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.actor import system_actor
from notifications.models import Outbox
from tests.factories.accounts import make_person
from workflows import services
from workflows.engine import registry
from workflows.engine.registry import Action, StepContext, StepOutcome
from workflows.exceptions import StepFailed
from workflows.long_work import run_work
from workflows.models import Run, Trial, Workflow
from workflows.runner import run_step
from workflows.selectors import definition_of, due_steps
from workflows.trials import try_on

pytestmark = pytest.mark.django_db(transaction=True)
BY = system_actor("tests")
TEXT = """workflow:
  name: "Tried"
  trigger: manual
  steps:
    - {name: "Rate", action: keeps}
    - {name: "Call", action: leaves}
    - {name: "Last", action: keeps, when: 'step("Call").found == true'}
"""
STRICTER = TEXT.replace('"Last", action: keeps', '"Last", action: refuses').replace(
    '"Rate", action: keeps', '"Rate", action: keeps, for_each: inputs.files'
)


class Keeps(Action):
    """Writes a row."""

    name = "keeps"
    is_tried_out = True

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        made = Workflow.objects.create(name=f"kept {uuid4()}", trigger="manual")
        return StepOutcome({"level": "high", "row_id": str(made.pk), "seen": Workflow.objects.count()})


class Leaves(Action):
    """Leaves the product."""

    name = "leaves"
    summary = "Asks somebody outside."
    calls = 0

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        Leaves.calls += 1
        return StepOutcome({"found": True})


class Refuses(Action):
    name = "refuses"
    is_tried_out = True

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        raise StepFailed("there is no such thing", retry=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    added = {one.name: one for one in (Keeps(), Leaves(), Refuses())}
    monkeypatch.setattr(registry, "_actions", {**registry._actions, **added})
    services.publish_workflow(text=TEXT, by=BY)
    started = services.start_run(
        trigger="manual", subject_type="test", subject_id=uuid4(), inputs={"files": ["a", "b"]}, stream="test:1", by=BY
    )
    while due := due_steps(50):
        for step_id in due:
            run_step(step_id)
    Leaves.calls = 0
    return started


def test_a_trial_does_the_steps_on_real_facts_and_takes_them_back(run: Run) -> None:
    before = Workflow.objects.count(), AuditEntry.objects.count(), Outbox.objects.count()
    found = {one.name: one for one in try_on(definition_of(TEXT), run)}
    assert (Workflow.objects.count(), AuditEntry.objects.count(), Outbox.objects.count()) == before
    assert found["Rate"].output["seen"] + 1 == found["Last"].output["seen"]
    assert (found["Call"].source, found["Call"].said) == ("past", "would asks somebody outside")
    assert Leaves.calls == 0


def test_a_trial_tells_what_would_differ(run: Run) -> None:
    found = {one.name: one for one in try_on(definition_of(STRICTER), run)}
    assert found["Rate"].output["count"] == 2
    assert found["Rate"].differs
    assert not found["Call"].differs
    assert (found["Last"].state, found["Last"].past_state) == ("dead", "done")
    assert found["Last"].said == "there is no such thing"


def test_a_draft_is_tried_by_a_worker_and_its_page_shows_what_would_differ(client: Client, run: Run) -> None:
    author = make_person(Role.ADMINISTRATOR)
    workflow = run.version.workflow
    services.save_draft(workflow_id=workflow.pk, text=STRICTER, seen="1.0", note="", by=author.actor)
    client.force_login(author)
    url = reverse("workflows:trial_start", args=[workflow.pk, 2])
    assert str(run.pk) in client.get(url, {"about": str(run.pk)}).content.decode()
    client.post(url, {"run": run.pk})
    trial = Trial.objects.get()
    page = reverse("workflows:trial_detail", args=[trial.pk])
    assert "Not tried yet" in client.get(page).content.decode()
    run_work(trial.work_id)
    shown = client.get(page).content.decode()
    assert "2 of 3 steps would be different" in shown
    assert "there is no such thing" in shown
    assert shown.count("graph-ground") == 3
    client.force_login(make_person(Role.REVIEWER))
    assert client.get(url).status_code == 403
