"""Second factors: set up, asked for, required by role, replaced by recovery codes, taken away."""

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts import services
from accounts.enums import Role
from accounts.models import SignInPolicy, User
from accounts.selectors import has_second_factor
from audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, make_api_key, make_person
from tests.factories.codes import app_code

pytestmark = pytest.mark.django_db


def _set_up_app(client: Client) -> str:
    """The secret of an app that the signed-in person set up through the pages."""
    page = client.get("/accounts/me/security/app/").content.decode()
    secret = re.search(r"data-totp-secret>([A-Z2-7]+)<", page)[1]
    assert client.post("/accounts/me/security/app/", {"code": app_code(secret)}).status_code == 302
    return secret


def _sign_in(person: User) -> Client:
    """A browser that gave the right password."""
    client = Client()
    client.post("/accounts/login/", {"username": person.username, "password": PASSWORD})
    return client


def _actions(person: User) -> list[str]:
    return list(AuditEntry.objects.filter(object_id=str(person.pk)).values_list("action", flat=True))


def test_an_app_is_asked_for_at_the_next_sign_in_and_its_secret_is_sealed(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person = make_person()
    client.force_login(person)
    with django_capture_on_commit_callbacks(execute=True):
        secret = _set_up_app(client)
    assert secret not in str(Authenticator.objects.get(user=person, type="totp").data)
    browser = _sign_in(person)
    assert browser.get("/cases/")["Location"].startswith("/accounts/login/")
    assert browser.post("/accounts/login/second/", {"code": "000000"}).status_code == 200
    assert browser.post("/accounts/login/second/", {"code": app_code(secret)}).status_code == 302
    assert browser.get("/cases/").status_code == 200
    assert {"accounts.factor_added", "accounts.factor_failed"} <= set(_actions(person))


def test_a_recovery_code_signs_in_once(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    _set_up_app(client)
    page = client.get("/accounts/me/security/codes/").content.decode()
    codes = re.findall(r"<li><code>([\w-]+)</code>", page)
    assert len(codes) == 10
    assert codes[0] not in client.get("/accounts/me/security/codes/").content.decode()
    assert _sign_in(person).post("/accounts/login/second/", {"code": codes[0]}).status_code == 302
    assert _sign_in(person).post("/accounts/login/second/", {"code": codes[0]}).status_code == 200
    used = AuditEntry.objects.get(action="accounts.recovery_code_used")
    assert json.loads(bytes(used.body))["after"] == {"kind": "recovery_codes", "left": 9}


def test_a_role_that_needs_a_factor_can_do_nothing_else_until_it_has_one(client: Client) -> None:
    person = make_person(Role.MLRO)
    SignInPolicy.objects.create(second_factor={"mlro": "2026-01-01T00:00:00+00:00"}, grace_days=0)
    client.force_login(person)
    assert client.get("/cases/")["Location"] == "/accounts/me/security/"
    assert client.get("/api/v1/cases").status_code == 403
    assert client.get("/cases/", headers={"HX-Request": "true"})["HX-Redirect"] == "/accounts/me/security/"
    assert "Your role needs a second factor" in client.get("/accounts/me/security/").content.decode()
    assert client.get("/accounts/me/").status_code == 200  # a password that may be known is changed first
    assert (
        client.post("/accounts/me/password/", {"old": PASSWORD, "password": "a quite different sentence 4"}).status_code
        == 302
    )
    _set_up_app(client)
    assert client.get("/cases/").status_code == 200


def test_within_the_grace_days_a_role_works_on(client: Client) -> None:
    services.change_sign_in_policy(roles=["mlro"], grace_days=7, by=make_person(Role.ADMINISTRATOR).actor)
    client.force_login(make_person(Role.MLRO))
    assert client.get("/cases/").status_code == 200
    assert "needs a second factor by" in client.get("/accounts/me/security/").content.decode()


def test_a_program_is_not_asked_for_a_second_factor(client: Client) -> None:
    SignInPolicy.objects.create(second_factor={"administrator": "2026-01-01T00:00:00+00:00"}, grace_days=0)
    _, key = make_api_key()
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 200


def test_an_administrator_takes_lost_factors_away_and_the_sessions_with_them(client: Client) -> None:
    person = make_person()
    browser = _sign_in(person)
    _set_up_app(browser)
    client.force_login(make_person(Role.ADMINISTRATOR))
    client.post(f"/accounts/people/{person.pk}/factors/remove/", {"reason": "lost the phone"})
    assert not has_second_factor(person)
    assert browser.get("/cases/").status_code == 302
    assert "accounts.factors_taken_away" in _actions(person)


def test_changing_factors_asks_who_is_there_where_the_sign_in_is_old(client: Client) -> None:
    client.force_login(make_person())
    _age(client, minutes=16)
    answer = client.get("/accounts/me/security/app/")
    assert answer["Location"].startswith("/accounts/me/security/confirm/")
    confirmed = client.post(answer["Location"], {"password": PASSWORD})
    assert confirmed["Location"] == "/accounts/me/security/app/"
    assert client.get("/accounts/me/security/app/").status_code == 200


def _age(client: Client, minutes: int) -> None:
    session = client.session
    session["signed_in_at"] = time.time() - minutes * 60
    session.save()
