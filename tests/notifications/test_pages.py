"""Pages of notifications."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.enums import Role
from accounts.models import User
from notifications.events import EVENTS, sample_data
from notifications.models import Condition, Destination, Notification, Outbox, Preferences
from notifications.services import Told, begin_condition, tell
from notifications.texts import shipped
from tests.factories.accounts import make_person
from tests.factories.notifications import ROUTING_KEY, make_destination, send_due
from tests.fakes.receiver import Says, receiver

pytestmark = pytest.mark.django_db
HOME = "/notifications/"


@pytest.fixture
def administrator(client: Client, settings: Settings) -> User:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    person = make_person(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def _tell(person: User, code: str = "case.assigned", key: str = "k") -> Notification:
    tell(Told(code, "/cases/", key, sample_data(EVENTS[code])), concerned=[person])
    return Notification.objects.get(person=person, key=key)


def test_the_bell_counts_and_opening_marks_as_read_and_leads_there(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    row = _tell(person)
    assert "1 unread" in client.get(f"{HOME}bell/").content.decode()
    assert client.post(f"{HOME}{row.pk}/open/")["Location"] == "/cases/"
    assert "0 unread" in client.get(f"{HOME}bell/").content.decode()


def test_the_list_is_narrowed_and_what_others_were_told_is_not_found(client: Client) -> None:
    person, other = make_person(), make_person()
    client.force_login(person)
    _tell(person)
    foreign = _tell(other)
    assert "CASE-000042" in client.get(f"{HOME}?group=Cases&unread=1").content.decode()
    assert "CASE-000042" not in client.get(f"{HOME}?group=Screening").content.decode()
    assert client.post(f"{HOME}{foreign.pk}/open/").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(client: Client, django_assert_num_queries: Any) -> None:
    person = make_person()
    client.force_login(person)
    for number in range(20):
        _tell(person, key=f"k{number}")
    with django_assert_num_queries(6):
        client.get(HOME)


def test_preferences_are_kept_and_what_was_not_shown_stays_as_it_was(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    Preferences.objects.create(person=person, muted=["record.alarm:email"])
    assert client.get(f"{HOME}preferences/").status_code == 200
    values = {"language": "de", "time_zone": "Europe/Berlin", "digest": "daily", "digest_hour": "7", "quiet_from": "20:00",
              "quiet_until": "07:00", "shown": ["case.assigned:email", "case.assigned:product"],
              "told": ["case.assigned:product"]}  # fmt: skip
    assert client.post(f"{HOME}preferences/", values).status_code == 302
    wish = Preferences.objects.get()
    assert (wish.language, wish.digest_hour, wish.muted) == ("de", 7, ["case.assigned:email", "record.alarm:email"])
    assert "gehören zusammen" in client.post(f"{HOME}preferences/", values | {"quiet_until": ""}).content.decode()


def test_a_channel_is_set_up_tried_rotated_and_ended(client: Client, administrator: User) -> None:
    with receiver(Says(204)) as server:
        values = {"name": "Core banking", "address": server.url, "events": ["case.opened"], "language": "en"}
        made = client.post(f"{HOME}channels/new/webhook/", values)
        assert "whsec_" in made.content.decode()
        assert made["Cache-Control"] == "no-store"
        row = Destination.objects.get()
        page = f"{HOME}channels/{row.pk}/"
        client.post(f"{page}try/")
        send_due()
        assert len(server.taken) == 1
    assert "whsec_" in client.post(f"{page}rotate/", {"hours": 1}).content.decode()
    assert "whsec_" not in client.get(page).content.decode()
    assert server.url not in client.get(page).content.decode()
    client.post(page, {"events": ["case.decided"], "language": "de"})
    row.refresh_from_db()
    assert (row.events, row.language) == (["case.decided"], "de")
    client.post(f"{page}switch/", {"reason": "not needed"})
    assert "not needed" in client.get(page).content.decode()
    client.post(f"{page}remove/")
    assert not Destination.objects.exists()


def test_a_wrong_address_is_said_at_its_field(client: Client, administrator: User) -> None:
    values = {"name": "On call", "address": "short", "events": ["list.stale"], "language": "en"}
    assert "is not 32 letters" in client.post(f"{HOME}channels/new/pagerduty/", values).content.decode()
    assert client.get(f"{HOME}channels/new/live/").status_code == 404


def test_what_is_parked_is_seen_with_its_attempts_and_sent_again(client: Client, administrator: User) -> None:
    with receiver(Says(400, "invalid_payload"), Says(200, "ok")) as server:
        row, _ = make_destination("slack", server.url, "list.stale")
        begin_condition(event="list.stale", key="list.stale:1", path="/", data=sample_data(EVENTS["list.stale"]))
        send_due()
        message = Outbox.objects.get(destination=row)
        assert "Parked" in client.get(f"{HOME}deliveries/?state=dead&channel=slack").content.decode()
        page = client.get(f"{HOME}deliveries/{message.pk}/").content.decode()
        assert "invalid_payload" in page
        client.post(f"{HOME}deliveries/again/", {"destination": row.pk})
        send_due()
    message.refresh_from_db()
    assert message.state == "sent"
    client.post(f"{HOME}deliveries/{message.pk}/again/")
    message.refresh_from_db()
    assert message.state == "pending"


def test_a_text_is_previewed_as_one_types_and_published(client: Client, administrator: User) -> None:
    page = f"{HOME}texts/case.assigned/de/"
    words = shipped("case.assigned", "de")
    assert words.subject.replace("{case.number}", "CASE-000042") in client.get(page).content.decode()
    shown = client.post(f"{page}preview/", {"subject": "{case.nummer}", "body": "<b>"}).content.decode()
    assert "{case.nummer} is not known here" in shown
    assert "&lt;b&gt;" in shown
    assert client.post(page, {"subject": "{case.number}!", "body": "b"}).status_code == 302
    assert "edited" in client.get(f"{HOME}texts/").content.decode()
    assert client.get(f"{HOME}texts/case.assigned/xx/").status_code == 404


def test_rules_are_saved_event_by_event(client: Client, administrator: User) -> None:
    client.post(f"{HOME}rules/", {"event": "case.opened", "is_on": "on", "roles": ["mlro"]})
    mlro = make_person(Role.MLRO)
    tell(Told("case.opened", "/", "k", sample_data(EVENTS["case.opened"])))
    assert mlro.notifications.count() == 1
    assert client.get(f"{HOME}rules/").status_code == 200


def test_a_condition_is_taken_by_somebody(client: Client, administrator: User) -> None:
    make_destination("pagerduty", ROUTING_KEY, "list.stale")
    begin_condition(event="list.stale", key="list.stale:1", path="/", data=sample_data(EVENTS["list.stale"]))
    assert "Sample list is stale" in client.get(f"{HOME}conditions/").content.decode()
    client.post(f"{HOME}conditions/{Condition.objects.get().pk}/take/")
    assert f"{administrator.actor.name} is on it" in client.get(f"{HOME}conditions/").content.decode()
    told = Outbox.objects.filter(channel="pagerduty").values_list("payload", flat=True)
    assert [payload.get("state") for payload in told].count("taken") == 1


def test_who_may_not_set_channels_up_is_refused(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert client.get(f"{HOME}channels/").status_code == 403
    assert client.get(f"{HOME}deliveries/").status_code == 200
