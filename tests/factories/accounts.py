"""People and API clients for tests."""

from datetime import timedelta
from itertools import count

from accounts.auth.api_keys import digest_of
from accounts.enums import Role
from accounts.models import ApiClient, ApiKey, User
from accounts.roles import permissions_of
from core.clock import now

_numbers = count(1)
PASSWORD = "correct horse battery staple"


def make_person(role: str = Role.ANALYST, **fields: object) -> User:
    """A person who can sign in with PASSWORD."""
    number = next(_numbers)
    names = {"username": f"person{number}", "first_name": "Ana", "last_name": f"Person{number}"}
    return User.objects.create_user(password=PASSWORD, role=role, **(names | fields))


def make_api_client(**fields: object) -> ApiClient:
    """An API client with every scope a service account can have."""
    values = {"name": f"client{next(_numbers)}", "scopes": sorted(permissions_of(Role.SERVICE_ACCOUNT))}
    return ApiClient.objects.create(created_by=make_person(Role.ADMINISTRATOR), **(values | fields))


def make_api_key(client: ApiClient | None = None) -> tuple[ApiClient, str]:
    """(client, key in clear) ready for an Authorization header."""
    client = client or make_api_client()
    number = next(_numbers)
    clear = f"pk_test{number:06d}_secret{number}"
    ApiKey.objects.create(
        client=client, prefix=f"test{number:06d}", digest=digest_of(clear), expires_at=now() + timedelta(days=1),
        created_by=client.created_by,
    )  # fmt: skip
    return client, clear
