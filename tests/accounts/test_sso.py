"""The organisation's sign-in, through a real OpenID Connect provider on loopback."""

from collections.abc import Iterator
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import SignInPolicy, User
from accounts.sign_in import sso
from audit.models import AuditEntry
from notifications.models import Notification
from tests.factories.accounts import make_person
from tests.fakes.identity_provider import IdentityProvider, identity_provider

# oidc-provider-mock speaks to its own library in a way that library will drop.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
GROUPS = {"kyc-lead": "reviewer", "kyc": "analyst"}


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        yield running


@pytest.fixture(autouse=True)
def _configured(provider: IdentityProvider, settings: Any) -> None:
    settings.OIDC_ROLES = GROUPS
    app = {"provider_id": "organisation", "name": "Bank", "client_id": "probity", "secret": "s",
           "settings": {"server_url": provider.issuer}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "SCOPE": ["openid", "profile", "email", "groups"],
            "APPS": [app],
        }
    }


def _come(client: Client, provider: IdentityProvider, sub: str = "u1", **claims: object) -> HttpResponse:
    """What the product answers to whom the provider sends back with these claims."""
    httpx.put(f"{provider.issuer}/users/{sub}", json=claims)
    there = client.get("/accounts/sso/organisation/")["Location"]
    back = httpx.post(there, data={"sub": sub}).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def _ana(**more: object) -> dict[str, object]:
    return {"email": "ana@bank.example", "email_verified": True, "name": "Ana Lima", "groups": ["kyc"], **more}


def test_a_newcomer_is_let_in_only_where_the_policy_brings_people_in(
    client: Client, provider: IdentityProvider
) -> None:
    assert _come(client, provider, **_ana()).status_code == 403
    SignInPolicy.objects.create(sso_creates_people=True)
    assert _come(client, provider, **_ana(groups=["kyc", "kyc-lead"])).status_code == 302
    person = User.objects.get(email="ana@bank.example")
    assert (person.role, person.get_full_name(), person.has_usable_password()) == ("reviewer", "Ana Lima", False)
    assert client.get("/cases/").status_code == 200
    assert provider.verified


def test_a_known_person_is_matched_only_by_a_verified_address_and_where_the_policy_says_so(
    client: Client, provider: IdentityProvider
) -> None:
    person = make_person(email="ana@bank.example")
    assert _come(client, provider, **_ana()).status_code == 403
    SignInPolicy.objects.create(sso_matches_email=True, sso_creates_people=True)
    assert _come(client, provider, **_ana(email_verified=False)).status_code == 403
    assert _come(client, provider, **_ana()).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert AuditEntry.objects.filter(action="accounts.sso_linked").exists()


def test_the_role_follows_the_groups_and_without_any_nobody_is_let_in(
    client: Client, provider: IdentityProvider
) -> None:
    person = make_person(Role.MLRO, email="ana@bank.example")
    SignInPolicy.objects.create(sso_matches_email=True)
    _come(client, provider, **_ana())
    person.refresh_from_db()
    assert person.role == "analyst"
    assert _come(Client(), provider, **_ana(groups=["sales"])).status_code == 403


def test_the_last_who_keeps_people_keeps_the_role_that_groups_would_take_and_an_alarm_is_raised(
    client: Client, provider: IdentityProvider
) -> None:
    last = make_person(Role.ADMINISTRATOR, email="ana@bank.example")
    SignInPolicy.objects.create(sso_matches_email=True)
    assert _come(client, provider, **_ana()).status_code == 302
    last.refresh_from_db()
    assert last.role == "administrator"
    assert AuditEntry.objects.filter(action="accounts.last_administrator_kept", object_id=str(last.pk)).count() == 1
    assert Notification.objects.filter(person=last, event="role.last_kept").count() == 1
    make_person(Role.ADMINISTRATOR)
    _come(Client(), provider, **_ana())
    last.refresh_from_db()
    assert last.role == "analyst"


def test_whose_access_ended_is_not_let_in_by_the_provider(client: Client, provider: IdentityProvider) -> None:
    person = make_person(email="ana@bank.example")
    SignInPolicy.objects.create(sso_matches_email=True)
    _come(client, provider, **_ana())
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert _come(Client(), provider, **_ana()).status_code == 403


def test_a_second_factor_at_the_provider_counts(client: Client, provider: IdentityProvider) -> None:
    make_person(email="ana@bank.example")
    SignInPolicy.objects.create(
        sso_matches_email=True, grace_days=0, second_factor={"analyst": "2026-01-01T00:00:00+00:00"}
    )
    _come(client, provider, **_ana())
    assert client.get("/cases/").status_code == 302
    strong = Client()
    _come(strong, provider, **_ana(amr=["pwd", "otp"]))
    assert strong.get("/cases/").status_code == 200


def test_an_answer_with_another_state_or_a_token_of_another_key_is_refused(
    client: Client, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    SignInPolicy.objects.create(sso_creates_people=True)
    assert client.get("/accounts/sso/organisation/back/?code=x&state=forged").status_code == 401
    real = sso.VerifyingAdapter._decode_id_token

    def swapped(adapter: Any, app: Any, token: str) -> Any:
        claims = jwt.decode(token, options={"verify_signature": False})
        return real(adapter, app, jwt.encode(claims, _another_key(), algorithm="RS256"))

    monkeypatch.setattr(sso.VerifyingAdapter, "_decode_id_token", swapped)
    assert _come(client, provider, **_ana()).status_code == 401
    assert not User.objects.filter(email="ana@bank.example").exists()


def test_a_token_is_taken_for_one_request_of_one_session_alone(
    client: Client, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    SignInPolicy.objects.create(sso_creates_people=True)
    real = sso.VerifyingAdapter._decode_id_token
    first: list[str] = []

    def replayed(adapter: Any, app: Any, token: str) -> Any:
        first.append(token)
        return real(adapter, app, first[0])

    monkeypatch.setattr(sso.VerifyingAdapter, "_decode_id_token", replayed)
    assert _come(client, provider, **_ana()).status_code == 302
    assert _come(Client(), provider, **_ana()).status_code == 401


def test_a_discovery_document_of_another_issuer_is_refused_before_the_code_is_sent(
    client: Client, provider: IdentityProvider, settings: Any
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["openid_configuration_overrides"] = {"issuer": "https://evil.example"}
    SignInPolicy.objects.create(sso_creates_people=True)
    before = provider.verified
    assert _come(client, provider, **_ana()).status_code == 401
    assert provider.verified == before


def test_parameters_in_the_address_do_not_reach_the_provider(client: Client, provider: IdentityProvider) -> None:
    there = client.get("/accounts/sso/organisation/?auth_params=prompt%3Dnone%26nonce%3Dmine&scope=offline_access")[
        "Location"
    ]
    assert ("prompt" in there, "nonce=mine" in there, "offline_access" in there) == (False, False, False)


def _another_key() -> Any:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
