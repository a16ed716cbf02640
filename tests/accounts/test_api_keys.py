"""Authentication by API key."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import services
from accounts.models import ApiKey
from core.clock import now
from core.exceptions import InvalidInput
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


def test_a_key_is_refused_from_an_address_that_is_not_allowed(client: Client) -> None:
    made, clear = make_api_key()
    made.keys.update(networks=["203.0.113.0/24", "2001:db8::/32"])
    assert _me(client, clear) == 403
    assert made.keys.get().refused_at is not None
    for address in ("203.0.113.9", "2001:db8::7"):
        assert client.get("/api/v1/me", headers=_bearer(clear), REMOTE_ADDR=address).status_code == 200


def test_a_forwarded_address_is_believed_of_trusted_proxies_alone(client: Client) -> None:
    made, clear = make_api_key()
    made.keys.update(networks=["203.0.113.0/24"])
    sent = _bearer(clear) | {"X-Forwarded-For": "203.0.113.9"}
    assert client.get("/api/v1/me", headers=sent).status_code == 403


def test_requests_above_the_rate_are_told_when_to_come_back(client: Client) -> None:
    made, clear = make_api_key()
    made.keys.update(per_minute=2)
    answers = [client.get("/api/v1/me", headers=_bearer(clear)) for _ in range(5)]  # a minute may turn once in between
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert (refused.status_code, refused.json()["title"]) == (429, "Too many requests")
    assert 1 <= int(refused["Retry-After"]) <= 60


def test_a_cache_that_does_not_answer_stops_nobody(client: Client, settings: Any) -> None:
    _, clear = make_api_key()
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert _me(client, clear) == 200


def test_a_replaced_key_works_beside_the_new_one_for_a_while(client: Client) -> None:
    made, clear = make_api_key()
    former = made.keys.get()
    made.keys.update(networks=["127.0.0.0/8"], per_minute=50)
    new, second = services.rotate_api_key(key_id=former.pk, overlap=timedelta(hours=1), by=made.created_by.actor)
    assert (new.networks, new.per_minute) == (["127.0.0.0/8"], 50)
    assert (_me(client, clear), _me(client, second)) == (200, 200)
    former.refresh_from_db()
    assert former.expires_at <= now() + timedelta(hours=1)
    with pytest.raises(InvalidInput):
        services.rotate_api_key(key_id=new.pk, overlap=timedelta(days=31), by=made.created_by.actor)


@pytest.mark.parametrize("block", ["203.0.113.1/24", "300.0.0.1", "example.org"])
def test_what_is_no_network_is_refused(block: str) -> None:
    made = make_api_client()
    with pytest.raises(InvalidInput):
        services.create_api_key(
            client_id=made.pk, valid_for=timedelta(days=1), networks=[block], by=made.created_by.actor
        )


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
