"""Writes to API clients and their keys. Every one is on the record."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from accounts import actions
from accounts.auth.api_keys import digest_of
from accounts.enums import Role
from accounts.exceptions import ClientNameTaken
from accounts.models import ApiClient, ApiKey
from accounts.roles import permissions_of
from accounts.selectors import api_client_for, person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault, InvalidInput, NotFound

_PREFIX_BYTES = 5
_SECRET_BYTES = 32
LONGEST_KEY_LIFE = timedelta(days=366)


@transaction.atomic
def create_api_client(*, name: str, scopes: list[str], by: Actor) -> ApiClient:
    """A new API client with the given scopes.

    Side effects: the client, an audit entry. Raises ClientNameTaken, and InvalidInput for a scope that a service
    account cannot have.
    """
    allowed = permissions_of(Role.SERVICE_ACCOUNT)
    beyond = [scope for scope in scopes if scope not in allowed]
    if beyond or not scopes:
        hint = "one or more of " + ", ".join(sorted(allowed))
        raise InvalidInput(
            "The scopes are not valid.", [Fault("/scopes", f"{beyond or 'empty'} cannot be granted", hint)]
        )
    if ApiClient.objects.filter(name=name).exists():
        raise ClientNameTaken("Another API client has this name.")
    client = ApiClient.objects.create(name=name, scopes=sorted(scopes), created_by=person_for_actor(by))
    after = {"name": name, "scopes": client.scopes}
    record(actions.CLIENT_CREATED, by=by, object_type="api_client", object_id=client.pk, after=after)
    return client


@transaction.atomic
def disable_api_client(*, client_id: UUID, reason: str, by: Actor) -> ApiClient:
    """Refuses every key of the client from now on. Side effects: the client, an audit entry."""
    client = api_client_for(client_id)
    client.is_active = False
    client.save(update_fields=["is_active"])
    record(
        actions.CLIENT_DISABLED, by=by, object_type="api_client", object_id=client.pk, after={"name": client.name},
        reason=reason,
    )  # fmt: skip
    return client


@transaction.atomic
def create_api_key(*, client_id: UUID, valid_for: timedelta, by: Actor) -> tuple[ApiKey, str]:
    """(key row, the key in clear): the only time the clear key exists outside the caller's hands.

    Side effects: the key row with its hash, an audit entry. Raises InvalidInput for a life above 366 days.
    """
    client = api_client_for(client_id)
    if not timedelta(0) < valid_for <= LONGEST_KEY_LIFE:
        raise InvalidInput("The key's life is not valid.", [Fault("/valid_for", "must be 1 to 366 days")])
    prefix = secrets.token_hex(_PREFIX_BYTES)
    clear = f"pk_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    expires_at = now() + valid_for
    key = ApiKey.objects.create(
        client=client, prefix=prefix, digest=digest_of(clear), expires_at=expires_at, created_by=person_for_actor(by)
    )
    after = {"prefix": prefix, "expires_at": expires_at.date()}
    record(actions.KEY_CREATED, by=by, object_type="api_client", object_id=client.pk, after=after)
    return key, clear


@transaction.atomic
def revoke_api_key(*, key_id: UUID, reason: str, by: Actor) -> ApiKey:
    """Refuses the key from now on. Side effects: the key row, an audit entry. Revoking twice keeps the first time."""
    key = ApiKey.objects.select_related("client").filter(pk=key_id).first()
    if key is None:
        raise NotFound("There is no such API key.")
    if key.revoked_at is None:
        key.revoked_at = now()
        key.save(update_fields=["revoked_at"])
        record(
            actions.KEY_REVOKED, by=by, object_type="api_client", object_id=key.client_id, after={"prefix": key.prefix},
            reason=reason,
        )  # fmt: skip
    return key
