"""Authentication by API key."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import services
from accounts.models import ApiKey
from core.clock import now
from tests.factories.accounts import make_api_client, make_api_key

pytestmark = pytest.mark.django_db


def _me(client: Client, key: str) -> int:
    return client.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code


def test_a_created_key_is_accepted_and_kept_only_as_a_hash(client: Client) -> None:
    api_client = make_api_client()
    row, clear = services.create_api_key(
        client_id=api_client.pk, valid_for=timedelta(days=1), by=api_client.created_by.actor
    )
    assert _me(client, clear) == 200
    assert clear not in str(ApiKey.objects.filter(pk=row.pk).values())


def test_a_key_with_one_wrong_letter_is_refused(client: Client) -> None:
    _, clear = make_api_key()
    assert _me(client, clear[:-1] + "X") == 401


def test_an_expired_key_is_refused(client: Client) -> None:
    _, clear = make_api_key()
    ApiKey.objects.update(expires_at=now() - timedelta(seconds=1))
    assert _me(client, clear) == 401


def test_a_revoked_key_is_refused(client: Client) -> None:
    api_client, clear = make_api_key()
    services.revoke_api_key(key_id=api_client.keys.get().pk, reason="leaked", by=api_client.created_by.actor)
    assert _me(client, clear) == 401


def test_a_key_of_a_disabled_client_is_refused(client: Client) -> None:
    api_client, clear = make_api_key()
    services.disable_api_client(client_id=api_client.pk, reason="gone", by=api_client.created_by.actor)
    assert _me(client, clear) == 401


def test_a_call_without_a_key_answers_a_problem_document(client: Client) -> None:
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "Bearer pk__", "Bearer \xff\xfe", "Basic abc"])
def test_a_malformed_header_is_refused(client: Client, header: str) -> None:
    assert client.get("/api/v1/me", headers={"Authorization": header}).status_code == 401
