"""Writes to people, API clients and their keys. Every one is on the record."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import actions
from accounts.auth.api_keys import digest_of
from accounts.enums import Role
from accounts.exceptions import ClientNameTaken, UsernameTaken
from accounts.models import ApiClient, ApiKey, User
from accounts.roles import permissions_of
from accounts.selectors import api_client_for, person_for, person_for_actor
from audit.services import record
from core.actor import Actor, ActorKind
from core.clock import now
from core.exceptions import Fault, InvalidInput, NotFound

_STREAM_SHARDS = 16
_PREFIX_BYTES = 5
_SECRET_BYTES = 32
LONGEST_KEY_LIFE = timedelta(days=366)


@transaction.atomic
def create_person(*, username: str, full_name: str, role: Role, password: str, by: Actor) -> User:
    """A new person who can sign in.

    Side effects: the person, an audit entry. Raises UsernameTaken, and InvalidInput for a weak password or the role
    of programs.
    """
    if role is Role.SERVICE_ACCOUNT:
        raise InvalidInput("A person cannot be a service account.", [Fault("/role", "is the role of programs")])
    if User.objects.filter(username=username).exists():
        raise UsernameTaken("Somebody already signs in with this name.")
    first, _, last = full_name.partition(" ")
    person = User(username=username, first_name=first, last_name=last, role=role)
    _set_password(person, password)
    person.save()
    record(actions.PERSON_CREATED, by=by, object_type="person", object_id=person.pk, after={"role": role})
    return person


@transaction.atomic
def change_role(*, person_id: UUID, role: Role, reason: str, by: Actor) -> User:
    """Gives a person another role. Side effects: the person, an audit entry. Nobody changes their own role."""
    person = person_for(person_id)
    _refuse_self(person, by)
    before = person.role
    person.role = role
    person.save(update_fields=["role"])
    record(
        actions.ROLE_CHANGED, by=by, object_type="person", object_id=person.pk, before={"role": before},
        after={"role": role}, reason=reason,
    )  # fmt: skip
    return person


@transaction.atomic
def disable_person(*, person_id: UUID, reason: str, by: Actor) -> User:
    """Ends a person's access: sign-in refused from now on, open sessions worthless. Effects: person, audit entry."""
    person = person_for(person_id)
    _refuse_self(person, by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(actions.PERSON_DISABLED, by=by, object_type="person", object_id=person.pk, reason=reason)
    return person


@transaction.atomic
def enable_person(*, person_id: UUID, reason: str, by: Actor) -> User:
    """Gives a person's access back, in the role they had. Effects: person, audit entry. Nobody does this for themselves."""
    person = person_for(person_id)
    _refuse_self(person, by)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(actions.PERSON_ENABLED, by=by, object_type="person", object_id=person.pk, reason=reason)
    return person


@transaction.atomic
def change_own_password(*, person: User, old: str, new: str) -> None:
    """Somebody's own new password. Raises InvalidInput where `old` is not theirs, or the new one is weak or the same.

    Side effects: the person, an audit entry; every session of theirs but the caller's renewed one ends.
    """
    if not person.check_password(old):
        raise InvalidInput("The password is not yours.", [Fault("/old", "is not your present password")])
    if old == new:
        raise InvalidInput("The password is the same.", [Fault("/password", "is the one you have")])
    _set_password(person, new)
    person.save(update_fields=["password"])
    record(actions.PASSWORD_CHANGED, by=person.actor, object_type="person", object_id=person.pk)


@transaction.atomic
def reset_password(*, person_id: UUID, password: str, reason: str, by: Actor) -> User:
    """Another password for a person who lost theirs, handed over outside the product; their sessions end.

    Side effects: the person, an audit entry. Raises InvalidInput for a weak password or one's own account.
    """
    person = person_for(person_id)
    _refuse_self(person, by)
    _set_password(person, password)
    person.save(update_fields=["password"])
    record(actions.PASSWORD_RESET, by=by, object_type="person", object_id=person.pk, reason=reason)
    return person


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


@transaction.atomic
def record_sign_in(*, person: User, signed_in: bool) -> None:
    """Puts a sign-in or sign-out on the record. Streams are sharded so that sign-ins do not wait for one another."""
    action = actions.SIGNED_IN if signed_in else actions.SIGNED_OUT
    record(action, by=person.actor, object_type="person", object_id=person.pk, stream=_auth_stream(person.pk))


@transaction.atomic
def record_failed_sign_in(*, username: str) -> None:
    """Puts a failed attempt on the record, under the person it names where there is one; what was typed is not kept."""
    person = User.objects.filter(username=username).first()
    object_id = person.pk if person else "unknown"
    by = Actor(ActorKind.SYSTEM, "sign-in", "Somebody")
    record(actions.SIGN_IN_FAILED, by=by, object_type="person", object_id=object_id, stream=_auth_stream(object_id))


def _set_password(person: User, password: str) -> None:
    """Raises InvalidInput for a weak one."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        faults = [Fault("/password", text) for text in error.messages]
        raise InvalidInput("The password is too weak.", faults) from error
    person.set_password(password)


def _auth_stream(key: object) -> str:
    shard = int(digest_of(str(key))[:8], 16) % _STREAM_SHARDS
    return f"auth:{shard:02d}"


def _refuse_self(person: User, by: Actor) -> None:
    if str(person.pk) == by.id:
        raise InvalidInput("You cannot do this to your own account.", [Fault("/person", "is yourself")])
