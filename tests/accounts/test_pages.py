"""Pages of people and API clients, and what signing in leaves on the record."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import ApiClient, User
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


def test_person_list_with_a_weak_password_keeps_what_was_typed(client: Client, administrator: User) -> None:
    typed = {"username": "newcomer", "full_name": "A B", "role": "analyst", "password": "short"}
    page = client.post("/accounts/people/", typed).content.decode()
    assert 'value="newcomer"' in page
    assert not User.objects.filter(username="newcomer").exists()


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
