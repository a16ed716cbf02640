"""The list of runs, many tried again after an outage, timings."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from core.actor import system_actor
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from workflows import services
from workflows.engine import registry
from workflows.engine.registry import Action, StepContext, StepOutcome
from workflows.engine.timings import percentile, timings
from workflows.enums import RunState, StepState
from workflows.exceptions import StepFailed
from workflows.long_work import run_work
from workflows.models import LongWork, Run, StepRun
from workflows.runner import run_step
from workflows.selectors import due_steps, workflow_named

pytestmark = pytest.mark.django_db
BY = system_actor("tests")
TEXT = "workflow: {name: Asked, trigger: manual, steps: [{name: Ask, action: asks}, {name: Then, action: asks}]}"


class Asks(Action):
    """Asks a provider that may be down."""

    name = "asks"
    is_down = True

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        if self.is_down:
            raise StepFailed("the provider does not answer", retry=False)
        return StepOutcome()


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Asks:
    action = Asks()
    monkeypatch.setattr(registry, "_actions", {**registry._actions, "asks": action})
    services.publish_workflow(text=TEXT, by=BY)
    return action


def _runs(number: int) -> list[Run]:
    made = [
        services.start_run(trigger="manual", subject_type="test", subject_id=uuid4(), inputs={}, stream="test:1", by=BY)
        for _ in range(number)
    ]
    _work()
    return made


def _work() -> None:
    while due := due_steps(50):
        for step_id in due:
            run_step(step_id)


def _list(client: Client, query: str = "") -> str:
    return client.get(reverse("workflows:run_list") + query).content.decode()


def test_runs_are_narrowed_by_state_case_action_and_day(client: Client, provider: Asks) -> None:
    case = make_case()
    run = services.start_run(
        trigger="manual",
        workflow=workflow_named("Asked"),
        subject_type="case",
        subject_id=case.pk,
        inputs={},
        stream="test:1",
        by=BY,
    )
    _work()
    client.force_login(make_person(Role.ANALYST))
    link = reverse("workflows:run_detail", args=[run.pk])
    for query in (f"?about={case.number}", f"?about={run.pk}", "?state=dead&action=asks", "?since=2020-01-01"):
        assert link in _list(client, query), query
    for query in ("?about=CASE-NONE", "?state=done", "?until=2020-01-01", "?version=7"):
        assert link not in _list(client, query), query
    page = _list(client, "?since=yesterday")
    assert "Enter a valid date" in page
    assert case.number in page
    assert ">Ask<" in page


def test_the_list_takes_as_many_queries_for_many_runs(
    client: Client, provider: Asks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _runs(12)
    client.force_login(make_person(Role.ANALYST))
    with django_assert_max_num_queries(8):
        _list(client)


def test_after_an_outage_what_was_given_up_is_counted_and_tried_again_by_a_worker(
    client: Client, provider: Asks
) -> None:
    runs = _runs(3)
    services.skip_step(step_id=runs[0].steps.get(name="Ask").pk, reason="not needed", by=BY)
    client.force_login(make_person(Role.REVIEWER))
    url = reverse("workflows:bulk_retry") + "?action=asks"
    page = client.get(url).content.decode()
    assert "3 steps of 3 runs would be tried again" not in page
    assert "2 steps of 2 runs would be tried again" in page
    assert "the provider does not answer" in page
    assert client.post(url, {"reason": ""}).status_code == 200
    assert not LongWork.objects.exists()
    client.post(url, {"reason": "the provider is back"})
    provider.is_down = False
    work = LongWork.objects.get()
    run_work(work.pk)
    _work()
    assert Run.objects.filter(state=RunState.DONE).count() == 3
    page = client.get(reverse("workflows:bulk_result", args=[work.pk])).content.decode()
    assert page.count("badge bg-green-lt") == 4


def test_trying_many_again_is_refused_to_who_may_not_operate(client: Client, provider: Asks) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get(reverse("workflows:bulk_retry")).status_code == 403


def test_timings_say_median_and_95th_percentile_and_what_failed(client: Client, provider: Asks) -> None:
    rows = [("Ask", second / 10, False, 1) for second in range(1, 20)] + [("Ask", None, True, 5)]
    found = timings([*rows, ("Gone", 1.0, False, 1)], ["Ask"])
    assert [timing.name for timing in found] == ["Ask", "Gone"]
    assert (found[0].p50, found[0].p95, found[0].failed_percent, found[0].repeated_percent) == (1.0, 1.9, 5.0, 5.0)
    assert percentile([], 0.5) is None
    _runs(1)
    StepRun.objects.filter(state=StepState.DEAD).update(attempt=2)
    client.force_login(make_person(Role.ANALYST))
    workflow = Run.objects.get().version.workflow_id
    page = client.get(reverse("workflows:workflow_timings", args=[workflow]), {"days": 7}).content.decode()
    assert "100.0" in page
    assert "data-drawn" in page
