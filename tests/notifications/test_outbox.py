"""The outbox and live updates."""

from datetime import timedelta
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from pytest_django import Settings

from accounts.enums import Role
from cases.services import claim_case, need_person, propose_decision
from core.clock import now
from notifications.channels import CHANNELS
from notifications.consumers import LiveConsumer
from notifications.models import Notification, Outbox, OutboxState
from notifications.relay import send_message
from notifications.services import MOST_ATTEMPTS, due_messages, put, tell_people
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


class _Channel:
    name = "test"

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.sent: list[str] = []

    def send(self, event: str, payload: object) -> None:
        if self.fails:
            raise ConnectionError("secret-marker")
        self.sent.append(event)


def _put(monkeypatch: pytest.MonkeyPatch, channel: _Channel) -> Outbox:
    monkeypatch.setitem(CHANNELS, "test", channel)
    return put(channel="test", event="something", payload={"id": "1"})


def test_a_message_is_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = _Channel()
    row = _put(monkeypatch, channel)
    send_message(row.pk)
    send_message(row.pk)
    row.refresh_from_db()
    assert (row.state, channel.sent) == (OutboxState.SENT, ["something"])


def test_a_failing_channel_makes_the_message_due_later(monkeypatch: pytest.MonkeyPatch) -> None:
    row = _put(monkeypatch, _Channel(fails=True))
    send_message(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempt, row.error) == (OutboxState.PENDING, 1, "ConnectionError")
    assert row.pk not in due_messages(10)


def test_a_message_is_given_up_after_its_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    row = _put(monkeypatch, _Channel(fails=True))
    Outbox.objects.update(attempt=MOST_ATTEMPTS - 1)
    send_message(row.pk)
    row.refresh_from_db()
    assert row.state == OutboxState.DEAD


def test_a_message_whose_sender_was_killed_is_due_again(monkeypatch: pytest.MonkeyPatch) -> None:
    row = _put(monkeypatch, _Channel())
    Outbox.objects.update(attempt=1, run_at=now() - timedelta(seconds=1))
    assert row.pk in due_messages(10)


def test_a_proposal_tells_those_who_may_approve_and_not_the_proposer() -> None:
    reviewer, other = make_person(Role.REVIEWER), make_person(Role.MLRO)
    case = make_case()
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    claim_case(case_id=case.pk, by=reviewer.actor)
    told = {"kind": "reject", "reason_code": "sanctioned", "rationale": "for a good reason"}
    propose_decision(case_id=case.pk, **told, by=reviewer.actor)
    assert {item.person for item in Notification.objects.all()} == {other}


def test_an_e_mail_names_no_customer(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.invalid"
    person = make_person(email="ana@example.org")
    tell_people(people=[person], text="CASE-1 waits for your approval", url="/cases/1/")
    send_message(Outbox.objects.get(channel="email").pk)
    assert mail.outbox[0].subject == "Probity: CASE-1 waits for your approval"


@pytest.mark.django_db(transaction=True)
def test_a_watcher_of_the_queue_gets_a_hint() -> None:
    from asgiref.sync import async_to_sync

    person = make_person()

    async def watch() -> dict[str, object]:
        socket = WebsocketCommunicator(LiveConsumer.as_asgi(), "/ws/live/")
        socket.scope["user"] = person
        assert (await socket.connect())[0]
        await socket.send_json_to({"watch": "queue"})
        assert await socket.receive_json_from() == {"watching": "queue"}
        await get_channel_layer().group_send("queue", {"type": "hint", "event": "case-changed", "case": "7"})
        hint = await socket.receive_json_from()
        await socket.disconnect()
        return hint

    assert async_to_sync(watch)() == {"event": "case-changed", "case": "7"}


@pytest.mark.parametrize("who", ["nobody", "administrator without cases"])
@pytest.mark.django_db(transaction=True)
def test_who_may_not_see_cases_is_not_told(who: str) -> None:
    from asgiref.sync import async_to_sync

    user = AnonymousUser() if who == "nobody" else make_person(is_active=False)

    async def watch() -> dict[str, object]:
        socket = WebsocketCommunicator(LiveConsumer.as_asgi(), "/ws/live/")
        socket.scope["user"] = user
        await socket.connect()
        answer = await socket.receive_output()
        await socket.disconnect()
        return answer

    assert async_to_sync(watch)()["code"] == 4403


def test_live_channel_without_a_server_publishes_on_its_own_loop() -> None:
    CHANNELS["live"].send("case-changed", {"case": str(uuid4())})
