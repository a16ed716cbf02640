"""The outbox: claims, lanes, circuits, parking, and live updates."""

import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from pytest_django import Settings

from accounts.enums import Role
from core.clock import now
from core.exceptions import Conflict
from notifications.channels import CHANNELS
from notifications.channels.base import Channel, Parcel, Receipt, Undelivered
from notifications.consumers import LiveConsumer
from notifications.enums import OutboxState
from notifications.models import Attempt, Destination, Lane, Notification, Outbox
from notifications.relay import send_message
from notifications.selectors.outbox import due_messages
from notifications.services import (
    disable_destination,
    enable_destination,
    put,
    redeliver,
    redeliver_parked,
)
from notifications.services.settling import DISABLE_AFTER
from tests.factories.accounts import make_person
from tests.factories.notifications import make_destination, send_due
from tests.fakes.receiver import Says, receiver

pytestmark = pytest.mark.django_db


class _Fake(Channel):
    name = "test"

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.sent: list[Parcel] = []

    def send(self, parcel: Parcel) -> Receipt:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(parcel)
        return Receipt()


def _put(monkeypatch: pytest.MonkeyPatch, channel: Channel, **more: object) -> Outbox:
    monkeypatch.setitem(CHANNELS, "test", channel)
    put(channel="test", event="something", payload={"id": "1"}, **more)
    return Outbox.objects.latest("created_at")


def test_a_message_is_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = _Fake()
    row = _put(monkeypatch, channel)
    send_message(row.pk)
    send_message(row.pk)
    row.refresh_from_db()
    assert (row.state, len(channel.sent)) == (OutboxState.SENT, 1)


def test_one_cause_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    _put(monkeypatch, _Fake(), key="cause")
    _put(monkeypatch, _Fake(), key="cause")
    assert Outbox.objects.count() == 1


def test_a_channels_own_mistake_makes_the_message_due_later_and_is_kept_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = _put(monkeypatch, _Fake(KeyError("secret-marker")))
    send_message(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempt, row.error) == (OutboxState.PENDING, 1, "KeyError")
    assert row.pk not in due_messages(10)


def test_a_message_is_parked_after_its_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = _Fake(Undelivered("no"))
    row = _put(monkeypatch, channel)
    Outbox.objects.update(attempt=len(channel.waits))
    send_message(row.pk)
    row.refresh_from_db()
    assert row.state == OutboxState.DEAD


def test_a_message_whose_sender_was_killed_is_sent_again_and_known_as_a_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = _Fake()
    row = _put(monkeypatch, channel)
    Outbox.objects.update(attempt=1, unanswered=True, run_at=now() - timedelta(seconds=1))
    send_due()
    assert (channel.sent[0].again, channel.sent[0].id) == (True, row.event_uuid)


def test_a_sender_that_slept_through_its_claim_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Sleepy(_Fake):
        def send(self, parcel: Parcel) -> Receipt:
            Outbox.objects.update(attempt=2)
            return Receipt()

    row = _put(monkeypatch, Sleepy())
    send_message(row.pk)
    row.refresh_from_db()
    assert row.state == OutboxState.PENDING


def test_three_failures_in_a_row_open_the_circuit_and_a_success_closes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = _Fake(*[Undelivered("no")] * 3)
    for _ in range(5):
        _put(monkeypatch, channel)
    send_due()
    lane = Lane.objects.get(name="test")
    assert (lane.failures, channel.sent, due_messages(10)) == (3, [], [])
    Lane.objects.update(open_until=now())
    send_due()
    lane.refresh_from_db()
    assert (lane.failures, lane.open_until, len(channel.sent)) == (0, None, 2)


def test_a_destination_that_keeps_failing_is_disabled_and_administrators_are_told(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    administrator = make_person(Role.ADMINISTRATOR)
    with receiver(Says(500)) as server:
        row, _ = make_destination("webhook", server.url)
        Lane.objects.create(name=f"webhook:{row.pk}", failures=DISABLE_AFTER - 1)
        put(channel="webhook", event="channel.test", payload=_payload(), destination=row)
        send_due()
    row.refresh_from_db()
    assert (row.is_active, "20 failures in a row" in row.disabled_reason) == (False, True)
    told = Notification.objects.get(person=administrator)
    assert told.text == f"The channel {row.name} was disabled"
    assert Outbox.objects.get(destination=row).state == OutboxState.DEAD


def test_gone_disables_at_once(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with receiver(Says(410)) as server:
        row, _ = make_destination("webhook", server.url)
        put(channel="webhook", event="channel.test", payload=_payload(), destination=row)
        send_due()
    row.refresh_from_db()
    assert row.disabled_reason == "It answered 410: gone"


def test_what_was_parked_is_sent_again_under_its_own_id_once_the_channel_is_enabled(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    by = make_person(Role.ADMINISTRATOR).actor
    with receiver(Says(200)) as server:
        row, _ = make_destination("webhook", server.url)
        put(channel="webhook", event="channel.test", payload=_payload(), destination=row)
        disable_destination(destination_id=row.pk, reason="for a test", by=by)
        message = Outbox.objects.get(destination=row)
        with pytest.raises(Conflict):
            redeliver(message_id=message.pk, by=by)
        assert redeliver_parked(destination_id=None, by=by) == 0
        enable_destination(destination_id=row.pk, by=by)
        assert redeliver_parked(destination_id=row.pk, by=by) == 1
        send_due()
    assert server.taken[0].headers["webhook-id"] == f"msg_{message.event_uuid.hex}"


@pytest.mark.django_db(transaction=True)
def test_a_slow_destination_holds_no_other_up(settings: Settings) -> None:
    from workflows.dispatcher import EmbeddedDispatcher

    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with receiver(Says(seconds=1.5)) as slow, receiver(Says()) as quick:
        for server in (slow, quick):
            row, _ = make_destination("webhook", server.url)
            for _ in range(4):
                put(channel="webhook", event="channel.test", payload=_payload(), destination=row)
        dispatcher = EmbeddedDispatcher(threads=1)
        dispatcher.start()
        try:
            _until(lambda: len(quick.taken) == 4, 5)
            assert len(slow.taken) <= 2
        finally:
            dispatcher.stop()
    connection.close()


def test_forgotten_are_old_hints_and_old_deliveries_but_not_what_is_parked(monkeypatch: pytest.MonkeyPatch) -> None:
    from notifications.services import purge_old_messages

    long_ago = now() - timedelta(days=100)
    put(channel="live", event="told", payload={"people": []})
    for _ in range(2):
        _put(monkeypatch, _Fake())
    kept, sent = Outbox.objects.filter(channel="test")
    Outbox.objects.update(created_at=long_ago, sent_at=long_ago)
    Outbox.objects.filter(pk=kept.pk).update(state=OutboxState.DEAD)
    Outbox.objects.filter(pk=sent.pk).update(state=OutboxState.SENT)
    purge_old_messages()
    assert Outbox.objects.get() == kept


def test_addresses_are_sealed_and_bound_to_their_row(settings: Settings) -> None:
    from core.envelope import CannotOpen
    from core.vault import open_text
    from notifications.selectors.parcels import place_of
    from notifications.services import renew_keys

    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    settings.DOCUMENT_KEYS = {"old": "a secret of before"}
    row, other = (make_destination("slack", f"http://127.0.0.1/services/{word}")[0] for word in ("one", "two"))
    assert "services" not in row.sealed + row.shown
    with pytest.raises(CannotOpen):
        open_text(row.sealed, place_of(other))
    settings.DOCUMENT_KEYS = {"new": "another secret", "old": "a secret of before"}
    assert (sum(renew_keys()), sum(renew_keys())) == (2, 0)
    settings.DOCUMENT_KEYS = {"new": "another secret"}
    assert open_text(Destination.objects.get(pk=row.pk).sealed, place_of(row)) == "http://127.0.0.1/services/one"


@pytest.mark.parametrize(("watch", "group", "told"), [
    ({"watch": "queue"}, "queue", {"event": "case-changed", "case": "7"}), ({"watch": "me"}, "person", {"event": "told"}),
])  # fmt: skip
@pytest.mark.django_db(transaction=True)
def test_a_watcher_gets_a_hint(watch: dict[str, str], group: str, told: dict[str, str]) -> None:
    from asgiref.sync import async_to_sync

    person = make_person()
    name = f"person-{person.pk}" if group == "person" else group

    async def look() -> dict[str, object]:
        socket = WebsocketCommunicator(LiveConsumer.as_asgi(), "/ws/live/")
        socket.scope["user"] = person
        assert (await socket.connect())[0]
        await socket.send_json_to(watch)
        assert await socket.receive_json_from() == {"watching": watch["watch"]}
        await get_channel_layer().group_send(name, {"type": "hint", **told})
        hint = await socket.receive_json_from()
        await socket.disconnect()
        return hint

    assert async_to_sync(look)() == told


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
    CHANNELS["live"].send(Parcel(uuid4(), "case-changed", {"case": str(uuid4())}, now()))


def test_every_attempt_is_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    row = _put(monkeypatch, _Fake(Undelivered("no", receipt=Receipt(503, 12, "sent", "busy"))))
    send_message(row.pk)
    told = Attempt.objects.get()
    assert (told.number, told.status, told.milliseconds, told.request, told.answer) == (1, 503, 12, "sent", "busy")


def _payload() -> dict[str, object]:
    about = {"id": str(uuid4()), "name": "n", "reason": "r"}
    return {"data": {"channel": about}, "path": "/", "state": "", "key": "k"}


def _until(condition: object, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < ends, threading.enumerate()
        time.sleep(0.02)
