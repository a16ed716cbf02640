"""Pages of people and API clients, and what signing in leaves on the record."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, ManagementUtility, call_command
from django.test import Client

from accounts.enums import Role
from accounts.models import ApiClient, User
from accounts.sign_in import mailing
from audit.models import AuditEntry
from core.permissions import Permission
from tests.factories.accounts import PASSWORD, make_api_client, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    person = make_person(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def test_signing_in_is_on_the_record(client: Client) -> None:
    person = make_person()
    client.post("/accounts/login/", {"username": person.username, "password": PASSWORD})
    assert AuditEntry.objects.filter(action="accounts.signed_in", object_id=str(person.pk)).exists()


def test_failing_to_sign_in_is_on_the_record_without_what_was_typed(client: Client) -> None:
    client.post("/accounts/login/", {"username": "nobody-marker", "password": "x"})
    entry = AuditEntry.objects.get(action="accounts.sign_in_failed")
    assert b"nobody-marker" not in bytes(entry.body)


def test_person_list_for_an_analyst_is_refused(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get("/accounts/people/").status_code == 403


def test_person_list_shows_everybody(client: Client, administrator: User) -> None:
    other = make_person(first_name="Łukasz")
    page = client.get("/accounts/people/").content.decode()
    assert other.username in page
    assert "Łukasz" in page


def test_person_list_with_a_taken_name_keeps_what_was_typed(client: Client, administrator: User) -> None:
    typed = {"username": administrator.username, "full_name": "Kept Typing", "role": "analyst"}
    page = client.post("/accounts/people/", typed).content.decode()
    assert 'value="Kept Typing"' in page
    assert User.objects.count() == 1


def test_client_create_then_key_create_shows_the_key_once(client: Client, administrator: User) -> None:
    client.post("/accounts/clients/", {"name": "core banking", "scopes": [Permission.SUBMISSION_CREATE]})
    made = ApiClient.objects.get(name="core banking")
    answer = client.post(f"/accounts/clients/{made.pk}/keys/", {"days": 30})
    assert "data-clear-key" in answer.content.decode()
    assert "data-clear-key" not in client.get(f"/accounts/clients/{made.pk}/").content.decode()


def test_client_disable_without_a_reason_changes_nothing(client: Client, administrator: User) -> None:
    made = make_api_client()
    client.post(f"/accounts/clients/{made.pk}/disable/", {})
    made.refresh_from_db()
    assert made.is_active


def test_account_detail_names_the_role(client: Client, administrator: User) -> None:
    assert "Keeps lists, rules, workflows" in client.get("/accounts/me/").content.decode()


def test_access_ended_is_given_back_with_a_reason_and_recorded(client: Client, administrator: User) -> None:
    person = make_person(is_active=False)
    client.post(f"/accounts/people/{person.pk}/enable/", {"reason": "back from leave"})
    person.refresh_from_db()
    assert person.is_active
    assert AuditEntry.objects.get(action="accounts.person_enabled").object_id == str(person.pk)


def test_my_own_password_needs_the_old_one_and_ends_my_other_sessions(client: Client) -> None:
    person, elsewhere = make_person(), Client()
    client.force_login(person)
    elsewhere.force_login(person)
    typed = {"old": PASSWORD, "password": "another long pass 8"}
    assert client.post("/accounts/me/password/", typed | {"old": "wrong"}).status_code == 422
    assert client.post("/accounts/me/password/", typed).status_code == 302
    assert [one.get("/accounts/me/").status_code for one in (client, elsewhere)] == [200, 302]
    assert AuditEntry.objects.get(action="accounts.password_changed").actor_id == str(person.pk)


def test_the_scopes_of_a_client_change_with_a_reason_and_at_once(client: Client, administrator: User) -> None:
    made = make_api_client()
    address = f"/accounts/clients/{made.pk}/scopes/"
    assert client.post(address, {"scopes": [Permission.CASE_VIEW], "reason": "more"}).status_code == 422
    client.post(address, {"scopes": [Permission.CUSTOMER_VIEW], "reason": "it only reads"})
    made.refresh_from_db()
    assert (made.scopes, made.has_perm(Permission.SUBMISSION_CREATE)) == ([Permission.CUSTOMER_VIEW], False)
    assert AuditEntry.objects.filter(action="accounts.client_changed").exists()


def test_another_address_is_told_to_both_and_shuts_the_former_out(
    client: Client, administrator: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    person, other = make_person(email="old@bank.example"), make_person(email="Taken@bank.example")
    EmailAddress.objects.create(user=person, email="old@bank.example", verified=True, primary=True)
    address = f"/accounts/people/{person.pk}/email/"
    assert client.post(address, {"email": other.email.lower(), "reason": "x"}).status_code == 409
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"email": "new@bank.example", "reason": "married"})
    mailing._sender.submit(int).result()
    assert [message.to for message in mail.outbox] == [["old@bank.example"], ["new@bank.example"]]
    assert not any("bank.example" in message.body for message in mail.outbox)
    entry = AuditEntry.objects.get(action="accounts.email_changed")
    assert b"old@bank" not in bytes(entry.body)
    client.post("/accounts/password/reset/", {"email": "old@bank.example"})
    mailing._sender.submit(int).result()
    assert len(mail.outbox) == 2


def test_djangos_flag_of_a_superuser_adds_nothing_to_a_role() -> None:
    person = make_person(is_superuser=True, is_staff=True)
    assert (person.has_perm(Permission.PERSON_MANAGE), person.has_perm("accounts.view_user")) == (False, True)


@pytest.mark.parametrize("command", ["createsuperuser", "changepassword"])
def test_djangos_commands_that_leave_no_trace_are_refused_and_name_ours(command: str) -> None:
    with pytest.raises(CommandError, match=r"manage.py (create_person|reset_link)"):
        ManagementUtility(["manage.py", command, "--noinput"]).fetch_command(command).handle()


def test_the_command_line_makes_a_link_for_a_new_password_on_the_record(client: Client, capsys: Any) -> None:
    person = make_person()
    call_command("reset_link", person.username, reason="the only administrator")
    path = "/" + capsys.readouterr().out.strip().split("/", 3)[3]
    assert client.get(path).status_code == 302
    assert AuditEntry.objects.get(action="accounts.reset_link_made").actor_kind == "system"
