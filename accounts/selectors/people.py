"""Reads of people and API clients."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from accounts.exceptions import NotAPerson
from accounts.models import ApiClient, ApiKey, User
from accounts.selectors.roles import roles_that_may
from core.actor import Actor
from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id
from core.permissions import Permission


def people() -> QuerySet[User]:
    """Everybody who has or had a sign-in, by name."""
    return User.objects.order_by("last_name", "first_name", "username")


def people_who_may(permission: Permission) -> QuerySet[User]:
    """Active people whose role grants `permission`."""
    return people().filter(is_active=True, role__in=roles_that_may(permission))


def people_with_keys(keys: Iterable[str]) -> QuerySet[User]:
    """The active people among these keys of actors."""
    return people().filter(is_active=True, pk__in=[parse_id(key) for key in keys])


def person_for(pk: object) -> User:
    """The person with this id; raises NotFound."""
    found = User.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found


def person_named(username: str) -> User:
    """The active person who signs in with this name; raises NotFound."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise NotFound("There is no active person of this name.")
    return found


def person_for_actor(actor: Actor) -> User:
    """The active person who acts; raises NotAPerson for a program, for the system and for a disabled person."""
    found = User.objects.filter(pk=parse_id(actor.id), is_active=True).first() if actor.is_person else None
    if found is None:
        raise NotAPerson("Only a person may do this.")
    return found


def api_clients() -> QuerySet[ApiClient]:
    """Every API client with the number of its usable keys (`usable_keys`)."""
    usable = Q(keys__revoked_at=None, keys__expires_at__gt=now())
    return ApiClient.objects.annotate(usable_keys=Count("keys", filter=usable)).order_by("name")


def api_client_named(name: str) -> ApiClient:
    """The active API client of this name; raises NotFound."""
    found = ApiClient.objects.filter(name=name, is_active=True).first()
    if found is None:
        raise NotFound("There is no active API client of this name.")
    return found


def api_client_for(pk: object) -> ApiClient:
    """The API client with this id; raises NotFound."""
    found = ApiClient.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such API client.")
    return found


def api_client_for_actor(actor: Actor) -> ApiClient | None:
    """The API client that acts, or None where a person or the system does."""
    return ApiClient.objects.filter(pk=parse_id(actor.id)).first()


def keys_of(client: ApiClient) -> QuerySet[ApiKey]:
    """The client's keys, newest first, usable or not."""
    return client.keys.select_related("created_by").order_by("-created_at")
