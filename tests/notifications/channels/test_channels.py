"""Each channel against a server that checks what it is sent, and the ways servers fail."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import FormatChecker, validate
from pytest_django import Settings

from core.clock import now
from core.exceptions import InvalidInput
from notifications.channels import CHANNELS, base, shared_channels
from notifications.enums import OutboxState, Outcome
from notifications.events import EVENTS, sample_data
from notifications.models import Attempt, Lane, Outbox
from notifications.services import Told, rotate_secret, tell, try_destination
from notifications.signing import signature
from tests.factories.accounts import make_person
from tests.factories.notifications import ROUTING_KEY, make_destination, only_message, send_due
from tests.fakes.payloads import PAGERDUTY, SLACK, TEAMS
from tests.fakes.receiver import Receiver, Says, receiver

pytestmark = pytest.mark.django_db
TAKEN = json.dumps({"status": "success", "message": "Event processed", "dedup_key": "x"})
GOOD = {"slack": Says(200, "ok"), "teams": Says(202, ""), "pagerduty": Says(202, TAKEN), "webhook": Says(204, "")}
SCHEMAS: dict[str, dict[str, Any]] = {"slack": SLACK, "teams": TEAMS, "pagerduty": PAGERDUTY}


@pytest.fixture(autouse=True)
def _local(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS, settings.PUBLIC_URL = ["127.0.0.1"], "https://probity.example"


def _subscribed(kind: str, server: Receiver, settings: Settings, *events: str) -> str:
    """Sets a channel of this kind up that leads to the server; its signing secret."""
    settings.PAGERDUTY_URL = server.url
    return make_destination(kind, ROUTING_KEY if kind == "pagerduty" else server.url, *events)[1]


def _tell(event: str = "list.stale", key: str = "k", state: str = "open") -> None:
    tell(Told(event, "/screening/lists/", key, sample_data(EVENTS[event]), state=state))


@pytest.mark.parametrize("kind", GOOD)
def test_every_event_is_a_payload_that_the_other_side_accepts(kind: str, settings: Settings) -> None:
    codes = [code for code, event in EVENTS.items() if code != "channel.test" and not event.stays_inside]
    with receiver(GOOD[kind]) as server:
        _subscribed(kind, server, settings, *codes)
        for code in codes:
            _tell(code, key=code)
        send_due()
    assert len(server.taken) == len(codes)
    for code, taken in zip(codes, server.taken, strict=True):
        validate(taken.json, SCHEMAS.get(kind) or EVENTS[code].payload_schema(), format_checker=FormatChecker())
        assert taken.headers["content-type"] == "application/json"
    assert set(Outbox.objects.exclude(channel="live").values_list("state", flat=True)) == {OutboxState.SENT}


def test_signature_is_that_of_the_standards_own_vector() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    told = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_webhook_is_signed_by_every_live_secret_over_the_bytes_sent(settings: Settings) -> None:
    with receiver(GOOD["webhook"]) as server:
        former = _subscribed("webhook", server, settings)
        row = only_destination()
        newer = rotate_secret(destination_id=row.pk, overlap_hours=1, by=make_person("administrator").actor)
        _tell()
        send_due()
    headers, body = server.taken[0].headers, server.taken[0].body
    for secret, told in zip((newer, former), headers["webhook-signature"].split(), strict=True):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        assert told == "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert abs(int(headers["webhook-timestamp"]) - now().timestamp()) < 5
    assert not {former, newer} & set(Attempt.objects.values_list("request", flat=True))


def test_the_former_secret_signs_no_more_after_the_overlap(settings: Settings) -> None:
    with receiver(GOOD["webhook"]) as server:
        _subscribed("webhook", server, settings)
        rotate_secret(destination_id=only_destination().pk, overlap_hours=0, by=make_person("administrator").actor)
        _tell()
        send_due()
    assert len(server.taken[0].headers["webhook-signature"].split()) == 1


@pytest.mark.parametrize("kind", GOOD)
def test_a_failed_message_is_sent_again_as_the_same_message(kind: str, settings: Settings) -> None:
    with receiver(Says(500, "no"), GOOD[kind]) as server:
        _subscribed(kind, server, settings)
        _tell()
        send_due()
        row = only_message()
        assert (row.state, row.error, row.attempt) == (OutboxState.PENDING, "answered 500", 1)
        assert row.run_at > now() + timedelta(seconds=3)
        Outbox.objects.update(run_at=now())
        send_due()
    first, second = (taken.json for taken in server.taken)
    assert first == second
    if kind == "webhook":
        assert server.taken[0].headers["webhook-id"] == server.taken[1].headers["webhook-id"]
    assert [row.outcome for row in Attempt.objects.order_by("number")] == [Outcome.FAILED, Outcome.DELIVERED]


@pytest.mark.parametrize("value", ["120", "date"])
def test_a_wait_that_is_asked_for_holds_the_whole_lane(value: str, settings: Settings) -> None:
    from email.utils import format_datetime

    until = value if value.isdigit() else format_datetime(now() + timedelta(seconds=122), usegmt=True)
    with receiver(Says(429, "", {"Retry-After": until})) as server:
        _subscribed("slack", server, settings)
        _tell(key="one")
        _tell(key="two")
        send_due()
    assert len(server.taken) == 1
    lane = Lane.objects.exclude(name="live").get()
    assert 110 < (lane.open_until - now()).total_seconds() <= 122
    assert lane.failures == 0


@pytest.mark.parametrize("kind", GOOD)
def test_redirects_are_refused(kind: str, settings: Settings) -> None:
    with receiver(GOOD[kind]) as elsewhere, receiver(Says(302, "", {"Location": elsewhere.url})) as server:
        _subscribed(kind, server, settings)
        _tell()
        send_due()
    assert (only_message().error, elsewhere.taken) == ("answered 302", [])


@pytest.mark.parametrize("kind", ["slack", "pagerduty"])
def test_garbage_with_a_good_status_is_no_delivery(kind: str, settings: Settings) -> None:
    with receiver(Says(200, "<html>captive portal\x00")) as server:
        _subscribed(kind, server, settings)
        _tell()
        send_due()
    attempt = Attempt.objects.get()
    assert (only_message().state, attempt.outcome) == (OutboxState.PENDING, Outcome.UNKNOWN)
    assert attempt.answer == "<html>captive portal "


@pytest.mark.parametrize("says", [Says(seconds=2), Says(body="x" * 40, pause=0.1)], ids=["silent", "dribbling"])
def test_slow_answers_are_cut_off_and_a_repeat_says_so(
    says: Says, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "SECONDS", 0.4)
    with receiver(says, GOOD["slack"]) as server:
        _subscribed("slack", server, settings)
        _tell()
        began = now()
        send_due()
        assert (now() - began).total_seconds() < 1.5
        assert Attempt.objects.get().outcome == Outcome.UNKNOWN
        Outbox.objects.update(run_at=now())
        send_due()
    first, second = (taken.json["blocks"] for taken in server.taken)
    assert second[:-1] == first
    assert "no answer came" in second[-1]["elements"][0]["text"]


def test_a_wrong_payload_is_parked_at_once_and_does_not_open_the_circuit(settings: Settings) -> None:
    with receiver(Says(400, "invalid_blocks"), GOOD["slack"]) as server:
        _subscribed("slack", server, settings)
        _tell(key="one")
        _tell(key="two")
        send_due()
    assert sorted(Outbox.objects.exclude(channel="live").values_list("state", flat=True)) == ["dead", "sent"]
    assert len(server.taken) == 2


def test_pagerduty_acknowledges_and_resolves_what_it_triggered(settings: Settings) -> None:
    from notifications.models import Condition
    from notifications.services import begin_condition, end_condition, take_condition

    with receiver(GOOD["pagerduty"]) as server:
        _subscribed("pagerduty", server, settings)
        begin_condition(event="list.stale", key="list.stale:7", path="/", data=sample_data(EVENTS["list.stale"]))
        begin_condition(event="list.stale", key="list.stale:7", path="/", data=sample_data(EVENTS["list.stale"]))
        take_condition(condition_id=Condition.objects.get().pk, by=make_person("administrator").actor)
        end_condition(key="list.stale:7")
        send_due()
    told = [(taken.json["event_action"], taken.json["dedup_key"]) for taken in server.taken]
    assert told == [("trigger", "list.stale:7"), ("acknowledge", "list.stale:7"), ("resolve", "list.stale:7")]
    assert ROUTING_KEY not in json.dumps(list(Attempt.objects.values_list("request", flat=True)))
    for taken in server.taken:
        validate(taken.json, PAGERDUTY)


def test_the_test_button_sends_past_an_open_circuit(settings: Settings) -> None:
    with receiver(GOOD["teams"]) as server:
        _subscribed("teams", server, settings)
        row = only_destination()
        Lane.objects.create(name=f"teams:{row.pk}", failures=5, open_until=now() + timedelta(hours=1))
        try_destination(destination_id=row.pk, by=make_person("administrator").actor)
        send_due()
    assert "A test from Probity" in server.taken[0].body.decode()


@pytest.mark.parametrize(
    ("kind", "address"),
    [("slack", "http://127.0.0.2/x"), ("teams", "ftp://example.org"), ("webhook", "https://10.0.0.1/"), ("pagerduty", "short"),
     ("email", "nobody"), ("webhook", "https://[::1]:bad/")],
)  # fmt: skip
def test_an_address_that_cannot_be_right_is_refused(kind: str, address: str) -> None:
    with pytest.raises(InvalidInput):
        make_destination(kind, address)


def test_channels_are_found_by_their_files() -> None:
    assert set(CHANNELS) == {"live", "email", "slack", "teams", "pagerduty", "webhook"}
    assert "live" not in {channel.name for channel in shared_channels()}


def only_destination() -> Any:
    from notifications.models import Destination

    return Destination.objects.get()
