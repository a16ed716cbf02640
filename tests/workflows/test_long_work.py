"""Long work: progress that others see, an honest estimate, cancelling, crashes."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.enums import Role
from core.exceptions import Conflict, Fault, InvalidInput
from notifications.models import Notification, Outbox
from tests.factories.accounts import make_person
from workflows.dispatcher import EmbeddedDispatcher
from workflows.engine import due, long_work
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work, seconds_left
from workflows.enums import WorkState
from workflows.long_work import due_work, release_abandoned, run_work, stop_working
from workflows.models import LongWork
from workflows.services import cancel_work, start_work

pytestmark = pytest.mark.django_db(transaction=True)
Function = Callable[[WorkContext, Progress], WorkResult]


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(long_work, "_kinds", {})
    release_abandoned()
    yield
    release_abandoned()


def _start(function: Function, **more: Any) -> LongWork:
    register_work(WorkKind("counting", function, "What was counted stays."))
    by = more.pop("by", None) or make_person().actor
    return start_work(kind="counting", title="Counting", by=by, **more)


def _done(work: LongWork) -> LongWork:
    run_work(work.pk)
    work.refresh_from_db()
    return work


def test_work_is_done_with_its_file_and_tells_its_starter() -> None:
    def count(context: WorkContext, progress: Progress) -> WorkResult:
        assert context.path is not None
        lines = context.path.read_text().splitlines()
        progress.report(len(lines), len(lines), "counting")
        return WorkResult({"lines": len(lines)}, "/cases/")

    person = make_person()
    work = _done(_start(count, by=person.actor, file=ContentFile(b"a\nb\nc\n")))
    assert (work.state, work.done, work.total, work.result) == (WorkState.DONE, 3, 3, {"lines": 3})
    assert (work.path, Notification.objects.get().person) == ("", person)


def test_progress_is_seen_by_others_while_the_work_goes_on() -> None:
    seen: list[tuple[int, str]] = []

    def count(context: WorkContext, progress: Progress) -> WorkResult:
        progress.report(1, 4, "counting")
        seen.append(LongWork.objects.values_list("done", "stage").get())
        return WorkResult()

    _done(_start(count))
    assert seen == [(1, "counting")]
    assert Outbox.objects.filter(event="work-moved").exists()


def test_what_it_refuses_is_shown_with_its_faults() -> None:
    def refuse(context: WorkContext, progress: Progress) -> WorkResult:
        raise InvalidInput("The file cannot be read.", [Fault("/line/3", "has too few cells")])

    work = _done(_start(refuse))
    assert (work.state, work.error) == (WorkState.FAILED, "The file cannot be read.")
    assert work.faults == [{"pointer": "/line/3", "detail": "has too few cells"}]


def test_an_unexpected_error_ends_it_without_its_text() -> None:
    def fail(context: WorkContext, progress: Progress) -> WorkResult:
        raise ValueError("Jane Citizen")

    work = _done(_start(fail))
    assert work.state == WorkState.FAILED
    assert "Jane" not in work.error


def test_work_under_way_stops_at_its_next_report_when_cancelled() -> None:
    person = make_person()

    def count(context: WorkContext, progress: Progress) -> WorkResult:
        cancel_work(work_id=context.work_id, by=person.actor)
        progress.report(1, 2)
        raise AssertionError("it went on")

    work = _done(_start(count, by=person.actor))
    assert work.state == WorkState.CANCELLED
    with pytest.raises(Conflict):
        cancel_work(work_id=work.pk, by=person.actor)


def test_work_that_waits_is_cancelled_at_once() -> None:
    work = _start(lambda context, progress: WorkResult())
    cancel_work(work_id=work.pk, by=make_person().actor)
    assert due_work(5) == []


def test_a_process_that_ends_leaves_it_for_the_next_start() -> None:
    def count(context: WorkContext, progress: Progress) -> WorkResult:
        stop_working()
        progress.report(1, 2)
        raise AssertionError("it went on")

    work = _done(_start(count))
    assert (work.state, work.attempt) == (WorkState.PENDING, 0)


def test_work_that_kills_its_worker_every_time_is_given_up() -> None:
    work = _start(lambda context, progress: WorkResult())
    LongWork.objects.update(state=WorkState.RUNNING, attempt=3, lease_until="2020-01-01T00:00:00Z")
    assert _done(work).state == WorkState.FAILED


def test_long_work_holds_up_nothing_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick: list[float] = []
    monkeypatch.setattr(due, "_sources", {"long work": due._sources["long work"]})
    due.register_due_source("quick", lambda limit: [work.pk] if not quick else [], lambda pk: quick.append(1.0))

    def wait_for_quick(context: WorkContext, progress: Progress) -> WorkResult:
        while not quick:
            time.sleep(0.01)
        return WorkResult()

    work = _start(wait_for_quick)
    dispatcher = EmbeddedDispatcher(1)
    dispatcher.start()
    deadline = time.monotonic() + 15
    while LongWork.objects.get().is_open and time.monotonic() < deadline:
        time.sleep(0.05)
    dispatcher.stop()
    assert LongWork.objects.get().state == WorkState.DONE


@pytest.mark.parametrize(
    ("samples", "total", "at", "left"),
    [
        ([(0.0, 0), (10.0, 100)], 300, 10.0, 20.0),  # steady
        ([(0.0, 0), (100.0, 100), (120.0, 300)], 400, 120.0, 10.0),  # the last half minute counts
        ([(0.0, 0), (1.0, 50)], 100, 1.0, None),  # too early
        ([(0.0, 0), (10.0, 100)], None, 10.0, None),  # no total
        ([(0.0, 0), (10.0, 100)], 300, 60.0, None),  # stands still
        ([(10.0, 100)], 300, 10.0, None),  # one moment has no speed
    ],
)
def test_the_estimate_is_that_of_the_last_half_minute_or_none(
    samples: list[tuple[float, int]], total: int | None, at: float, left: float | None
) -> None:
    assert seconds_left(samples, total, at) == left


def test_only_its_starter_and_operators_see_and_stop_it(client: Client) -> None:
    work = _start(lambda context, progress: WorkResult())
    client.force_login(make_person(Role.ANALYST))
    assert client.post(f"/workflows/work/{work.pk}/cancel/").status_code == 403
    client.force_login(make_person(Role.REVIEWER))
    assert client.post(f"/workflows/work/{work.pk}/cancel/").status_code == 302


def test_the_page_shows_progress_and_asks_again(client: Client) -> None:
    person = make_person()
    work = _start(lambda context, progress: WorkResult(), by=person.actor)
    LongWork.objects.update(state=WorkState.RUNNING, done=1200, total=5000, stage="storing entries")
    client.force_login(person)
    page = client.get(f"/workflows/work/{work.pk}/").content.decode()
    assert "1,200 of 5,000" in page
    assert "every 3s" in page
