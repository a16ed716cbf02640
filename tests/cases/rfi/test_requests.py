"""Requests for information: the case waits, the customer answers through a link, the case goes on by itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from accounts.models import User
from audit.models import AuditEntry
from cases.enums import CaseStatus
from cases.models import Case
from cases.rfi.enums import ItemKind, RequestState
from cases.rfi.exceptions import LinkNotValid, RequestOpenAlready, TooManyTries
from cases.rfi.links import token_of
from cases.rfi.models import RfiItem, RfiPolicy, RfiRequest
from cases.rfi.selectors import request_with_token
from cases.rfi.services import (
    MOST_TRIES,
    NewItem,
    answer_document,
    answer_question,
    count_try,
    expire_requests,
    publish_rfi_policy,
    remind_customers,
    request_information,
    withdraw_request,
)
from cases.services import claim_case, need_person
from core.clock import now
from core.exceptions import InvalidInput
from notifications.models import Notification, Outbox
from notifications.relay import send_message
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.documents import make_pdf
from workflows.models import Run

pytestmark = pytest.mark.django_db
PASSPORT = NewItem(ItemKind.DOCUMENT, "A copy of your passport")
INCOME = NewItem(ItemKind.QUESTION, "Where does the money come from?")


def case_in_review() -> tuple[Case, User]:
    """A case and the officer who works it."""
    officer, case = make_person(), make_case(email="jane@example.org")
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    return claim_case(case_id=case.pk, by=officer.actor), officer


def ask(*items: NewItem, email: str = "") -> tuple[RfiRequest, User]:
    """An open request about a case in review."""
    case, officer = case_in_review()
    asked = request_information(case_id=case.pk, items=items or (PASSPORT, INCOME), email=email, by=officer.actor)
    return asked, officer


def _case(request: RfiRequest) -> Case:
    return Case.objects.get(pk=request.case_id)


def _backdate(request: RfiRequest, **fields: object) -> None:
    RfiRequest.objects.filter(pk=request.pk).update(**fields)


def test_asking_lets_the_case_wait_and_its_deadline_with_it(clock_at: Callable[[datetime], None]) -> None:
    clock_at(datetime(2026, 3, 11, 10, tzinfo=UTC))  # a Wednesday whose week before had no holiday
    case, officer = case_in_review()
    due = case.due_at
    request = request_information(case_id=case.pk, items=[INCOME], by=officer.actor)
    case.refresh_from_db()
    assert (case.status, request.state, case.due_at) == (CaseStatus.WAITING_INFO, RequestState.OPEN, due)
    Case.objects.update(paused_since=now() - timedelta(days=7))
    answer_question(item=request.items.get(), text="From my salary.")
    case.refresh_from_db()
    assert case.paused_since is None
    assert case.due_at - due == timedelta(days=7)


def test_the_case_returns_by_itself_when_all_is_answered() -> None:
    request, officer = ask()
    document, question = request.items.all()
    answer_document(item=document, content=make_pdf("PASSPORT"), filename="p.pdf")
    assert _case(request).status == CaseStatus.WAITING_INFO
    answer_question(item=question, text="From my salary.")
    case = _case(request)
    assert (case.status, case.assignee) == (CaseStatus.IN_REVIEW, officer)
    assert case.reasons.filter(code="rfi_answered").exists()
    assert Notification.objects.filter(person=officer).exists()


def test_a_document_that_was_sent_is_read_by_a_run_of_its_own() -> None:
    request, _ = ask(PASSPORT)
    item = answer_document(item=request.items.get(), content=make_pdf("PASSPORT"), filename="p.pdf")
    assert Run.objects.filter(subject_type="document", subject_id=item.document_id).exists()


def test_without_the_pause_the_deadline_stays() -> None:
    publish_rfi_policy(pauses_sla=False, valid_days=10, remind_after_days=3, by=make_person().actor)
    case, officer = case_in_review()
    due = case.due_at
    request_information(case_id=case.pk, items=[PASSPORT], by=officer.actor)
    waiting = _case(case.information_requests.get())
    assert (waiting.due_at, waiting.paused_since) == (due, None)


def test_an_expired_link_brings_the_case_back_and_says_so() -> None:
    request, _ = ask()
    _backdate(request, expires_at=now() - timedelta(minutes=1))
    expire_requests()
    assert _case(request).status == CaseStatus.IN_REVIEW
    assert _case(request).reasons.get(code="rfi_expired").sentence.endswith("Items missing: 2.")
    with pytest.raises(LinkNotValid):
        request_with_token(token_of(request))


def test_a_withdrawn_link_is_void_and_the_case_goes_on() -> None:
    request, officer = ask()
    withdraw_request(request_id=request.pk, by=officer.actor)
    assert _case(request).status == CaseStatus.IN_REVIEW
    with pytest.raises(LinkNotValid):
        request_with_token(token_of(request))


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "B" + token[1:], lambda token: "x.y"])
def test_a_token_that_was_changed_opens_nothing(change: object) -> None:
    request, _ = ask()
    with pytest.raises(LinkNotValid):
        request_with_token(change(token_of(request)))


def test_one_request_is_open_at_a_time_and_an_empty_one_is_refused() -> None:
    request, officer = ask()
    with pytest.raises(RequestOpenAlready):
        request_information(case_id=request.case_id, items=[PASSPORT], by=officer.actor)
    with pytest.raises(InvalidInput):
        request_information(case_id=request.case_id, items=[], by=officer.actor)


def test_an_item_takes_so_many_tries_and_no_more() -> None:
    request, _ = ask(PASSPORT)
    RfiItem.objects.update(tries=MOST_TRIES - 1)
    count_try(request.items.get())
    with pytest.raises(TooManyTries):
        count_try(request.items.get())


def test_the_mail_has_the_link_and_names_nobody(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.PUBLIC_URL = "mail.invalid", "https://probity.example"
    request, _ = ask(email="jane@example.org")
    row = Outbox.objects.get(channel="email", event="rfi-sent")
    assert row.payload == {"rfi": str(request.pk)}
    send_message(row.pk)
    sent = mail.outbox[0]
    assert sent.to == ["jane@example.org"]
    assert f"https://probity.example/information/{token_of(request)}/" in sent.body
    assert not {"Jane", "Citizen", request.case.number} & set(sent.body.replace("\n", " ").split())


def test_the_customer_is_reminded_once(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.invalid"
    request, _ = ask(email="jane@example.org")
    _backdate(request, remind_at=now() - timedelta(minutes=1))
    remind_customers()
    remind_customers()
    assert Outbox.objects.filter(event="rfi-reminded").count() == 1


def test_what_the_customer_wrote_is_on_the_record_only_encrypted() -> None:
    request, _ = ask(INCOME)
    answer_question(item=request.items.get(), text="From my salary.")
    entry = AuditEntry.objects.get(action="rfi.item_answered")
    assert b"salary" not in bytes(entry.body)


def test_a_policy_whose_reminder_comes_too_late_is_refused() -> None:
    with pytest.raises(InvalidInput):
        publish_rfi_policy(pauses_sla=True, valid_days=5, remind_after_days=5, by=make_person().actor)
    assert not RfiPolicy.objects.exists()
