"""Locks, sessions, policies of sessions, passwords."""

import re
import time
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from accounts import services
from accounts.enums import Role
from accounts.models import SignInPolicy, SignInTally, User
from accounts.sign_in import mailing
from audit.models import AuditEntry
from notifications.models import Notification
from tests.factories.accounts import PASSWORD, make_api_client, make_person

pytestmark = pytest.mark.django_db
NEW = "a quite different sentence 4"


def _try(person: User | str, password: str, address: str = "192.0.2.1") -> bool:
    """Whether a browser at `address` got in."""
    client = Client(REMOTE_ADDR=address)
    name = person if isinstance(person, str) else person.username
    return client.post("/accounts/login/", {"username": name, "password": password}).status_code == 302


def _told(action: str) -> bool:
    return AuditEntry.objects.filter(action=action).exists()


def test_a_person_signs_in_by_e_mail_address_too() -> None:
    make_person(email="ana@bank.example")
    assert _try("Ana@Bank.example", PASSWORD)


def test_guessing_locks_the_pair_of_person_and_address_and_tells_the_administrator(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person, administrator = make_person(), make_person(Role.ADMINISTRATOR)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            assert not _try(person, "wrong")
    assert not _try(person, PASSWORD)
    assert _try(person, PASSWORD, address="192.0.2.2")
    assert _told("accounts.sign_in_locked")
    assert Notification.objects.filter(person=administrator).exists()


def test_many_addresses_guessing_one_person_do_not_stop_them_where_they_have_signed_in_before() -> None:
    person = make_person()
    assert _try(person, PASSWORD, address="198.51.100.7")
    SignInPolicy.objects.create(lock_after=1)
    for number in range(10):
        _try(person, "wrong", address=f"203.0.113.{number}")
    assert not _try(person, PASSWORD, address="203.0.113.99")
    assert _try(person, PASSWORD, address="198.51.100.7")


def test_one_address_guessing_many_names_is_stopped_and_colleagues_behind_it_are_not() -> None:
    colleague, other = make_person(), make_person()
    assert _try(colleague, PASSWORD)
    SignInPolicy.objects.create(lock_after=1)
    for number in range(10):
        _try(f"nobody{number}", "wrong")
    assert not _try(other, PASSWORD)
    assert _try(colleague, PASSWORD)


def test_a_name_nobody_has_is_locked_like_one_that_somebody_has_and_is_not_kept() -> None:
    for _ in range(5):
        _try("secret-typed-as-name", "wrong")
    page = Client(REMOTE_ADDR="192.0.2.1").post(
        "/accounts/login/", {"username": "secret-typed-as-name", "password": "x"}
    )
    assert "Too many attempts" in page.content.decode()
    assert not SignInTally.objects.filter(subject__contains="secret").exists()


def test_an_administrator_releases_a_lock(client: Client) -> None:
    person = make_person()
    for _ in range(5):
        _try(person, "wrong")
    client.force_login(make_person(Role.ADMINISTRATOR))
    lock = SignInTally.objects.get(locked_until__isnull=False)
    client.post(f"/accounts/sign-in/locks/{lock.pk}/release/", {"reason": "a new keyboard"})
    assert _try(person, PASSWORD)
    assert _told("accounts.sign_in_lock_released")


def test_another_of_my_devices_is_signed_out_and_somebody_elses_is_not_mine_to_end(client: Client) -> None:
    person, stranger = make_person(), make_person()
    here, there = Client(), Client()
    for browser, who in ((here, person), (there, person), (client, stranger)):
        browser.post("/accounts/login/", {"username": who.username, "password": PASSWORD})
    far = UserSession.objects.get(session_key=there.session.session_key)
    assert client.post(f"/accounts/me/security/devices/{far.pk}/end/").status_code == 404
    here.post(f"/accounts/me/security/devices/{far.pk}/end/")
    assert there.get("/cases/").status_code == 302
    assert here.get("/cases/").status_code == 200
    assert _told("accounts.session_ended")


def test_signing_out_everywhere_spares_this_device_and_an_administrators_spares_none(client: Client) -> None:
    person = make_person()
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/accounts/login/", {"username": person.username, "password": PASSWORD})
    here.post("/accounts/me/security/devices/end/")
    assert (here.get("/cases/").status_code, there.get("/cases/").status_code) == (200, 302)
    client.force_login(make_person(Role.ADMINISTRATOR))
    client.post(f"/accounts/people/{person.pk}/sessions/end/")
    assert here.get("/cases/").status_code == 302


@pytest.mark.parametrize(("mark", "age"), [("seen_at", 121 * 60), ("signed_in_at", 10 * 3600 + 1)])
def test_an_idle_or_an_old_session_ends(client: Client, mark: str, age: int) -> None:
    client.force_login(make_person())
    session = client.session
    session[mark] = time.time() - age
    session.save()
    assert client.get("/cases/")["Location"] == "/accounts/login/?next=/cases/"
    assert client.get("/cases/").status_code == 302


def test_an_act_the_policy_names_asks_first_and_then_goes_on_with_what_was_sent(client: Client) -> None:
    client.force_login(make_person(Role.ADMINISTRATOR))
    made = make_api_client()
    SignInPolicy.objects.create(confirm=["accounts.manage_api_client"])
    session = client.session
    session["signed_in_at"] = time.time() - 3600
    session.save()
    asked = client.post(f"/accounts/clients/{made.pk}/keys/", {"days": 30})
    assert asked["Location"].startswith("/accounts/me/security/confirm/")
    assert not made.keys.exists()
    client.post(asked["Location"], {"password": PASSWORD})
    assert made.keys.exists()


def test_a_forgotten_password_tells_nobody_whether_an_address_is_known(client: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    make_person(email="ana@bank.example")
    pages = [client.post("/accounts/password/reset/", {"email": f"{who}@bank.example"}) for who in ("ana", "nobody")]
    assert pages[0]["Location"] == pages[1]["Location"]
    mailing._sender.submit(int).result()
    assert [message.to for message in mail.outbox] == [["ana@bank.example"]]
    assert "/accounts/password/reset/" in mail.outbox[0].body


def test_a_link_of_an_administrator_sets_a_password_once(client: Client) -> None:
    person = make_person()
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.post(f"/accounts/people/{person.pk}/link/", {"reason": "forgot it"}).content.decode()
    link = re.search(r"data-reset-link>http://testserver([^<]+)<", page)[1]
    browser = Client()
    place = browser.get(link)["Location"]
    browser.post(place, {"password1": NEW, "password2": NEW})
    assert _try(person, NEW)
    assert "no longer good" in Client().get(link).content.decode()
    assert _told("accounts.password_set_by_link")


def test_the_policy_page_sets_the_policy_and_a_roles_grace_does_not_start_again(client: Client) -> None:
    administrator = make_person(Role.ADMINISTRATOR)
    services.change_sign_in_policy(roles=["mlro"], by=administrator.actor)
    since = SignInPolicy.objects.get().second_factor["mlro"]
    client.force_login(administrator)
    values = {"roles": ["mlro", "reviewer"], "grace_days": 3, "lock_after": 4, "lock_minutes": 5, "idle_minutes": 30,
              "longest_hours": 8, "confirm": ["cases.approve_decision"], "confirm_minutes": 5, "invitation_days": 3}  # fmt: skip
    assert client.post("/accounts/sign-in/", values).status_code == 302
    policy = SignInPolicy.objects.get()
    assert (policy.second_factor["mlro"], policy.idle_minutes) == (since, 30)
    assert "reviewer" in policy.second_factor
    assert _told("accounts.sign_in_policy_changed")
