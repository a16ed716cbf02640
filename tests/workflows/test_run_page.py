"""The run's page: the picture, a step in full, what is closed, attempts, live hints, cancelling and doing it again."""

from uuid import uuid4

import pytest
import structlog
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from ai.models import AiCall, CallState
from audit.models import AuditEntry
from core.actor import system_actor
from notifications.models import Outbox
from tests.factories.accounts import make_person
from workflows import services
from workflows.engine import registry
from workflows.engine.conditions import parse_condition
from workflows.engine.masking import shown_values
from workflows.engine.registry import Action, StepContext, StepOutcome
from workflows.engine.wording import condition_text, seconds_text
from workflows.models import Run, StepRun
from workflows.runner import run_step
from workflows.selectors import due_steps

pytestmark = pytest.mark.django_db
BY = system_actor("tests")
TEXT = """
workflow:
  name: "Seen"
  trigger: manual
  steps:
    - {name: "Read", action: told}
    - {name: "Ask", action: await_callback, needs: [], with: {what: "the registry"}}
    - {name: "Each", action: told, needs: "Read", for_each: 'step("Read").files', when: 'item != "c"'}
    - {name: "Last", action: told, needs: ["Each", "Ask"]}
"""


class Told(Action):
    """Says something in the log, then does what the test wants."""

    name = "told"
    summary = "Does as told."
    error: Exception | None = None

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        structlog.get_logger(__name__).info("told_once", files=2)
        if self.error:
            raise self.error
        return StepOutcome({"files": ["a", "b", "c"]})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    action = Told()
    monkeypatch.setattr(registry, "_actions", {**registry._actions, "told": action})
    return action


def _run() -> Run:
    services.publish_workflow(text=TEXT, by=BY)
    run = services.start_run(
        trigger="manual", subject_type="test", subject_id=uuid4(), inputs={"count": 2}, stream="test:1", by=BY
    )
    _work()
    run.refresh_from_db()
    return run


def _work() -> None:
    while due := due_steps(50):
        for step_id in due:
            run_step(step_id)


def _page(client: Client, run: Run, query: str = "") -> str:
    return client.get(reverse("workflows:run_detail", args=[run.pk]) + query).content.decode()


def test_the_page_draws_every_step_and_says_the_same_in_a_table(client: Client, told: Told) -> None:
    run = _run()
    client.force_login(make_person(Role.ANALYST))
    page = _page(client, run)
    assert page.count("graph-ground") == 4
    assert 'aria-label="Each: Done 2 of 2 items' in page
    assert "for each of step(&quot;Read&quot;).files" in page
    assert "Not reached" in page
    assert "waits for the registry" in page


def test_the_page_takes_as_many_queries_for_many_items(
    client: Client, told: Told, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run = _run()
    each = run.steps.filter(name="Each").first()
    StepRun.objects.bulk_create(
        StepRun(run=run, position=2, number=number, item="x", name="Each", action="told", run_at=each.run_at)
        for number in range(10, 60)
    )
    client.force_login(make_person(Role.ANALYST))
    with django_assert_max_num_queries(14):
        _page(client, run, "?step=2&item=30")


def test_attempts_keep_their_log_lines_and_show_tracebacks_to_administrators_alone(client: Client, told: Told) -> None:
    told.error = RuntimeError("of the test")
    run = _run()
    for role, shown in ((Role.ADMINISTRATOR, True), (Role.REVIEWER, False)):
        client.force_login(make_person(role))
        page = _page(client, run, "?step=0")
        assert "told_once files=2" in page
        assert ("Traceback" in page) is shown
    StepRun.objects.filter(name="Read").update(attempt=3)
    told.error = None
    StepRun.objects.filter(name="Read").update(run_at=run.created_at)
    _work()
    assert "2. Its worker was stopped" in _page(client, run, "?step=0")


def test_what_another_system_sent_is_closed_until_somebody_who_may_opens_it_on_the_record(
    client: Client, told: Told
) -> None:
    run = _run()
    services.answer_callback(step_id=run.steps.get(name="Ask").pk, output={"holder": "jane citizen"}, by=BY)
    client.force_login(make_person(Role.ADMINISTRATOR))
    url = reverse("workflows:run_step_open", args=[run.pk, 1])
    assert "jane citizen" not in _page(client, run, "?step=1")
    assert client.post(url).status_code == 403
    client.force_login(make_person(Role.MLRO))
    assert "jane citizen" not in _page(client, run, "?step=1")
    assert "jane citizen" in client.post(url).content.decode()
    assert AuditEntry.objects.filter(action="workflows.step_opened").count() == 1


def test_codes_and_ids_are_open_names_and_foreign_numbers_are_not() -> None:
    values = {"outcome": "no_active_list", "id": str(uuid4()), "n": 3, "who": "Jane Citizen", "at": "1984-06-07"}
    assert [one.is_closed for one in shown_values(values, is_open=False)] == [False, False, False, True, True]
    assert all(one.is_closed for one in shown_values({"code": "jane", "n": 7}, is_open=False, is_foreign=True))


def test_a_run_is_cancelled_and_done_again_with_its_own_version(client: Client, told: Told) -> None:
    run = _run()
    client.force_login(make_person(Role.REVIEWER))
    again = reverse("workflows:run_replay", args=[run.pk])
    assert client.post(again, {"reason": "the registry was down"}).status_code == 409
    client.post(reverse("workflows:run_cancel", args=[run.pk]), {"reason": "the registry was down"})
    services.publish_workflow(text=TEXT.replace("Last", "Newest"), by=BY)
    client.post(again, {"reason": ""})
    assert Run.objects.count() == 1
    answer = client.post(again, {"reason": "the registry is back"})
    new = Run.objects.get(replay_of=run)
    assert answer["Location"] == reverse("workflows:run_detail", args=[new.pk])
    assert (new.version, new.inputs) == (run.version, run.inputs)
    assert "a former run" in _page(client, new)


def test_who_may_not_operate_is_refused(client: Client, told: Told) -> None:
    run = _run()
    client.force_login(make_person(Role.ANALYST))
    for name in ("run_cancel", "run_replay"):
        assert client.post(reverse(f"workflows:{name}", args=[run.pk]), {"reason": "x"}).status_code == 403
    assert client.get(reverse("workflows:run_step", args=[run.pk, 99])).status_code == 404


def test_whoever_looks_at_a_run_is_hinted_when_it_moves(told: Told) -> None:
    run = _run()
    payloads = Outbox.objects.filter(channel="live").values_list("payload", flat=True)
    assert {"run": str(run.pk)} in list(payloads)


def test_what_the_language_model_cost_stands_on_the_page(client: Client, told: Told) -> None:
    run = _run()
    AiCall.objects.create(
        purpose="reading", model="m", cause=f"run-{run.pk}", tokens_in=1500, tokens_out=20, state=CallState.ANSWERED
    )
    client.force_login(make_person(Role.ANALYST))
    page = client.get(reverse("ai:run_cost", args=[run.pk])).content.decode()
    assert "1,500" in page
    assert "no price set" in page


def test_conditions_and_times_are_told_as_they_are_written() -> None:
    text = 'inputs.n between 1 and 3 and not (step("A b").x in ["u", "v"] or item is missing)'
    assert condition_text(parse_condition(text)) == text
    assert [seconds_text(one) for one in (0.04, 3, 310, 7500, 90000)] == [
        "40 ms",
        "3 s",
        "5 min 10 s",
        "2 h 5 min",
        "1 d 1 h",
    ]
