"""Writes to API clients and their keys. Every one is on the record."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network
from uuid import UUID

from django.db import transaction

from accounts import actions
from accounts.auth.api_keys import digest_of
from accounts.enums import Role
from accounts.exceptions import ClientNameTaken
from accounts.models import REQUESTS_PER_MINUTE, ApiClient, ApiKey
from accounts.roles import permissions_of
from accounts.selectors import api_client_for, person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput, NotFound
from core.words import said

_PREFIX_BYTES = 5
_SECRET_BYTES = 32
LONGEST_KEY_LIFE = timedelta(days=366)
LONGEST_OVERLAP = timedelta(days=30)


@transaction.atomic
def create_api_client(*, name: str, scopes: list[str], by: Actor) -> ApiClient:
    """A new API client with the given scopes.

    Side effects: the client, an audit entry. Raises ClientNameTaken, and InvalidInput for a scope that a service
    account cannot have.
    """
    _refuse_beyond(scopes)
    if ApiClient.objects.filter(name=name).exists():
        raise ClientNameTaken("Another API client has this name.")
    client = ApiClient.objects.create(name=name, scopes=sorted(scopes), created_by=person_for_actor(by))
    after = {"name": name, "scopes": client.scopes}
    record(actions.CLIENT_CREATED, by=by, object_type="api_client", object_id=client.pk, after=after)
    return client


@transaction.atomic
def change_scopes(*, client_id: UUID, scopes: list[str], reason: str, by: Actor) -> ApiClient:
    """What the client may do from its next request on, with every key it has. Effects: the client, an audit entry.

    Raises InvalidInput for a scope that a service account cannot have, Conflict for a disabled client.
    """
    _refuse_beyond(scopes)
    client = ApiClient.objects.select_for_update().get(pk=api_client_for(client_id).pk)
    if not client.is_active:
        raise Conflict("This client is disabled.")
    before, client.scopes = client.scopes, sorted(scopes)
    client.save(update_fields=["scopes"])
    record(
        actions.CLIENT_CHANGED, by=by, object_type="api_client", object_id=client.pk, before={"scopes": before},
        after={"name": client.name, "scopes": client.scopes}, reason=reason,
    )  # fmt: skip
    return client


def _refuse_beyond(scopes: Sequence[str]) -> None:
    allowed = permissions_of(Role.SERVICE_ACCOUNT)
    beyond = [scope for scope in scopes if scope not in allowed]
    if beyond or not scopes:
        hint = "one or more of " + ", ".join(sorted(allowed))
        raise InvalidInput(
            "The scopes are not valid.",
            [Fault("/scopes", said("{value} cannot be granted", value=beyond or "empty"), hint)],
        )


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
def create_api_key(
    *,
    client_id: UUID,
    valid_for: timedelta,
    networks: Sequence[str] = (),
    per_minute: int = REQUESTS_PER_MINUTE,
    by: Actor,
) -> tuple[ApiKey, str]:
    """(key row, the key in clear): the only time the clear key exists outside the caller's hands.

    `networks` are CIDR blocks it may come from (none: anywhere), `per_minute` the requests it may make. Side effects: the key
    row with its hash, an audit entry. Raises InvalidInput for a life above 366 days and for what is no CIDR block.
    """
    client = api_client_for(client_id)
    if not timedelta(0) < valid_for <= LONGEST_KEY_LIFE:
        raise InvalidInput("The key's life is not valid.", [Fault("/valid_for", "must be 1 to 366 days")])
    blocks = _checked_networks(networks)
    key, clear = _new_key(client, now() + valid_for, blocks, per_minute, by)
    after = {"prefix": key.prefix, "expires_at": key.expires_at.date(), "networks": blocks, "per_minute": per_minute}
    record(actions.KEY_CREATED, by=by, object_type="api_client", object_id=client.pk, after=after)
    return key, clear


@transaction.atomic
def rotate_api_key(*, key_id: UUID, overlap: timedelta, by: Actor) -> tuple[ApiKey, str]:
    """(new key row, the key in clear): same networks, rate and life; the former ends after `overlap`, so that no call fails.

    Side effects: both key rows, an audit entry. Raises NotFound, Conflict for a key that is not usable, and InvalidInput for an
    overlap above 30 days.
    """
    former = ApiKey.objects.select_for_update(of=("self",)).select_related("client").filter(pk=key_id).first()
    if former is None:
        raise NotFound("There is no such API key.")
    if not former.is_usable or not former.client.is_active:
        raise Conflict("This key is revoked or expired: make a new one.")
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise InvalidInput("The overlap is not valid.", [Fault("/overlap", "must be 0 to 30 days")])
    life = min(former.expires_at - former.created_at, LONGEST_KEY_LIFE)
    key, clear = _new_key(former.client, now() + life, former.networks, former.per_minute, by)
    former.expires_at = min(former.expires_at, now() + overlap)
    former.save(update_fields=["expires_at"])
    record(
        actions.KEY_ROTATED, by=by, object_type="api_client", object_id=former.client_id,
        before={"prefix": former.prefix, "expires_at": former.expires_at},
        after={"prefix": key.prefix, "expires_at": key.expires_at.date()},
    )  # fmt: skip
    return key, clear


def _new_key(
    client: ApiClient, expires_at: datetime, networks: list[str], per_minute: int, by: Actor
) -> tuple[ApiKey, str]:
    prefix = secrets.token_hex(_PREFIX_BYTES)
    clear = f"pk_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    key = ApiKey.objects.create(
        client=client, prefix=prefix, digest=digest_of(clear), expires_at=expires_at, networks=networks, per_minute=per_minute,
        created_by=person_for_actor(by),
    )  # fmt: skip
    return key, clear


def _checked_networks(networks: Sequence[str]) -> list[str]:
    try:
        return [str(ip_network(block)) for block in networks]
    except ValueError as error:
        hint = "a block such as 203.0.113.0/24 or one address"
        raise InvalidInput("The networks are not valid.", [Fault("/networks", str(error), hint)]) from error


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
