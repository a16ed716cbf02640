"""E-mail against a mail server."""

from typing import Any

import pytest
from django.core.mail.backends import smtp
from pytest_django import Settings

from core.clock import now
from notifications.enums import OutboxState
from notifications.events import EVENTS, sample_data
from notifications.models import Notification, Outbox
from notifications.services import Told, save_preferences, tell
from tests.factories.accounts import make_person
from tests.factories.notifications import make_destination, only_message, send_due
from tests.fakes.mailbox import Mailbox, mailbox

pytestmark = pytest.mark.django_db
ASSIGNED = Told("case.assigned", "/cases/1/", "k", sample_data(EVENTS["case.assigned"]))


def _use(box: Mailbox, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{smtp.__name__}.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", box.port, False
    settings.PUBLIC_URL = "https://probity.example"


def _wish(person: Any, **more: Any) -> None:
    values = {"language": "en", "time_zone": "UTC", "digest": "none", "digest_hour": 8, "quiet_from": None,
              "quiet_until": None, "muted": []}  # fmt: skip
    save_preferences(**(values | more), by=person.actor)


def test_mail_has_text_and_html_with_the_link_in_the_persons_language(settings: Settings) -> None:
    person = make_person(email="ana@example.org")
    _wish(person, language="de")
    with mailbox() as box:
        _use(box, settings)
        tell(ASSIGNED, concerned=[person])
        send_due()
    mail = box.mails[0]
    assert (mail["To"], mail["Subject"]) == ("ana@example.org", "Probity: CASE-000042 ist Ihnen zugewiesen")
    assert "https://probity.example/cases/1/" in mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert 'href="https://probity.example/cases/1/"' in html
    assert '<html lang="de">' in html


def test_a_repeat_has_the_same_message_id(settings: Settings) -> None:
    with mailbox("451 try later") as box:
        _use(box, settings)
        tell(ASSIGNED, concerned=[make_person(email="ana@example.org")])
        send_due()
        row = only_message()
        assert (row.state, row.error) == (OutboxState.PENDING, "the mail server answered 451")
        Outbox.objects.update(run_at=now())
        send_due()
    assert box.mails[0]["Message-ID"].startswith(f"<{row.event_uuid}@")


def test_what_the_server_refuses_for_good_is_parked(settings: Settings) -> None:
    with mailbox("554 no") as box:
        _use(box, settings)
        tell(ASSIGNED, concerned=[make_person(email="ana@example.org")])
        send_due()
    assert only_message().state == OutboxState.DEAD


def test_a_server_that_is_away_leaves_the_message_due_later(settings: Settings) -> None:
    with mailbox() as box:
        _use(box, settings)
    tell(ASSIGNED, concerned=[make_person(email="ana@example.org")])
    send_due()
    row = only_message()
    assert row.state == OutboxState.PENDING
    assert "did not answer" in row.error


def test_a_teams_mailbox_hears_what_it_subscribed_to(settings: Settings) -> None:
    make_destination("email", "kyc@example.org", "case.escalated")
    with mailbox() as box:
        _use(box, settings)
        tell(Told("case.escalated", "/cases/1/", "k", ASSIGNED.data))
        tell(Told("case.opened", "/cases/1/", "l", ASSIGNED.data))
        send_due()
    assert [(mail["To"], mail["Subject"]) for mail in box.mails] == [("kyc@example.org", "CASE-000042 was escalated")]


def test_a_digest_gathers_what_is_unread(settings: Settings) -> None:
    from notifications.services import send_held_mails

    person = make_person(email="ana@example.org")
    _wish(person, digest="hourly")
    with mailbox() as box:
        _use(box, settings)
        for number in range(3):
            tell(Told("case.assigned", f"/cases/{number}/", f"k{number}", ASSIGNED.data), concerned=[person])
        assert send_due() == 0
        Notification.objects.filter(key="k0").update(read_at=now())
        Notification.objects.update(mail_due_at=now())
        send_held_mails()
        send_held_mails()
        send_due()
    assert [mail["Subject"] for mail in box.mails] == ["Probity: 2 messages from Probity"]
    text = box.mails[0].get_body(("plain",)).get_content()
    assert "/cases/1/" in text
    assert "/cases/0/" not in text
