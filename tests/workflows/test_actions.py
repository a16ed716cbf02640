"""Actions that ask: another system, the customer; and the one that exports. Budgets and answers that workers share."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from audit.services import place_pending
from cases.enums import CaseStatus
from cases.models import Case
from cases.rfi.models import RfiRequest
from cases.rfi.services import answer_question
from cases.services import claim_case, ensure_case_configuration, need_person
from core.actor import system_actor
from core.clock import now
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from workflows import services
from workflows.enums import RunState, StepState
from workflows.exceptions import StepDeferred
from workflows.models import ProviderBudget, Run, StepRun
from workflows.runner import run_step
from workflows.selectors import due_steps

pytestmark = pytest.mark.django_db
BY = system_actor("tests")


class _System(BaseHTTPRequestHandler):
    """Another system: keeps what it was sent, answers what it was told."""

    asked: list[tuple[dict[str, str], Any]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        _System.asked.append((dict(self.headers), json.loads(body)))
        self.send_response(_System.status)
        self.end_headers()
        self.wfile.write(b'{"score": 7}')

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    _System.asked, _System.status = [], 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), _System)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.FETCH_ALLOWED_HOSTS = settings.WORKFLOW_HTTP_HOSTS = ["127.0.0.1"]
    settings.WORKFLOW_HTTP_TOKENS = {"registry": "s3cret-token"}
    yield f"http://127.0.0.1:{server.server_address[1]}/score"
    server.shutdown()
    server.server_close()


def _run(step: str, case: Case | None = None) -> StepRun:
    """A workflow of this one step, worked as far as it goes."""
    services.publish_workflow(
        text=f"workflow:\n  name: one\n  trigger: manual\n  steps:\n    - {{name: One, {step}}}\n", by=BY
    )
    run = services.start_run(
        trigger="manual", subject_type="case" if case else "test", subject_id=case.pk if case else uuid4(),
        inputs={}, stream="test:1", by=BY,
    )  # fmt: skip
    return _worked(run)


def _worked(run: Run) -> StepRun:
    for step_id in due_steps(50):
        if StepRun.objects.filter(pk=step_id, run=run).exists():
            run_step(step_id)
    return run.steps.get()


def test_call_http_posts_with_its_token_and_puts_the_answer_out(address: str) -> None:
    step = _run(f'action: call_http, with: {{url: "{address}", body: {{order: 7}}, token: registry}}')
    headers, body = _System.asked[0]
    assert (step.state, step.output, body) == (StepState.DONE, {"score": 7}, {"order": 7})
    assert headers["Authorization"] == "Bearer s3cret-token"
    assert headers["Idempotency-Key"] == str(step.pk)
    assert "s3cret" not in json.dumps([step.output, step.reason, step.error, step.run.version.text])


def test_call_http_to_a_host_that_is_not_listed_is_given_up_at_once(address: str, settings: Settings) -> None:
    settings.WORKFLOW_HTTP_HOSTS = []
    step = _run(f'action: call_http, with: {{url: "{address}"}}')
    assert (step.state, _System.asked) == (StepState.DEAD, [])
    assert "PROBITY_WORKFLOW_HTTP_HOSTS" in step.reason


def test_call_http_that_fails_is_tried_again_and_the_same_content_is_paid_once(address: str) -> None:
    _System.status = 503
    told = f'action: call_http, with: {{url: "{address}", body: {{order: 7}}, keep_days: 1}}'
    assert _run(told).state == StepState.PENDING
    _System.status = 200
    assert [_run(told).state, _run(told).state] == [StepState.DONE, StepState.DONE]
    assert len(_System.asked) == 2


def test_a_provider_s_budget_is_shared_and_a_step_beyond_it_waits_without_an_attempt(address: str) -> None:
    told = f'action: call_http, with: {{url: "{address}", per_minute: 1}}'
    assert _run(told).state == StepState.DONE
    step = _run(told)
    assert (step.state, step.attempt, len(_System.asked)) == (StepState.PENDING, 0, 1)
    assert timedelta(seconds=50) < step.run_at - now() <= timedelta(seconds=60)


def test_a_budget_fills_with_time() -> None:
    for _ in range(2):
        services.take_turn(provider="p", per_minute=2)
    with pytest.raises(StepDeferred) as raised:
        services.take_turn(provider="p", per_minute=2)
    assert 25 < raised.value.seconds <= 30
    ProviderBudget.objects.update(filled_at=now() - timedelta(seconds=31))
    services.take_turn(provider="p", per_minute=2)


def test_an_answer_is_kept_until_its_time_is_over() -> None:
    answers = iter([1, 2])
    asked: Any = {"kind": "t", "content": {"a": 1}, "ask": lambda: next(answers)}
    assert [services.ask_once(**asked, keep=timedelta(days=1)) for _ in range(2)] == [1, 1]
    assert services.ask_once(kind="t", content={"a": 2}, keep=timedelta(0), ask=lambda: 5) == 5
    services.forget_expired_answers()
    assert services.ask_once(kind="t", content={"a": 2}, keep=timedelta(0), ask=lambda: 6) == 6


def test_request_information_waits_for_an_officer_and_then_for_the_customer() -> None:
    ensure_case_configuration()
    case, officer = make_case(), make_person()
    Run.objects.all().delete()
    step = _run('action: request_information, with: {questions: ["Where does the money come from?"]}', case)
    assert (step.state, step.attempt, step.reason) == (StepState.PENDING, 0, "waits until somebody has taken the case")
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    claim_case(case_id=case.pk, by=officer.actor)
    StepRun.objects.update(run_at=now())
    step = _worked(step.run)
    request = RfiRequest.objects.get()
    assert (step.state, request.requested_by, Case.objects.get().status) == (
        StepState.WAITING, officer, CaseStatus.WAITING_INFO
    )  # fmt: skip
    answer_question(item=request.items.get(), text="From my work")
    step.refresh_from_db()
    assert (step.state, step.output["state"], step.run.state) == (StepState.DONE, "answered", RunState.DONE)


def test_export_report_writes_one_archive_for_this_installation_alone(settings: Settings, tmp_path: Path) -> None:
    settings.EXPORT_FOLDER = tmp_path / "exports"
    case = make_case()
    Run.objects.all().delete()
    place_pending()
    step = _run("action: export_report", case)
    (path,) = settings.EXPORT_FOLDER.iterdir()
    assert (step.state, step.output["file"], path.stat().st_mode & 0o777) == (StepState.DONE, path.name, 0o600)
