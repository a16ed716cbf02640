"""Writes to people: made, another role, access ended. Every one is on the record."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import actions
from accounts.exceptions import EmailTaken, NeverArrived, UsernameTaken
from accounts.models import User
from accounts.selectors import has_never_arrived, person_for, waiting_invitations
from accounts.services import sessions
from accounts.services.separation import keep_an_administrator, refuse_unless_giveable
from accounts.signals import email_changed
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.masking import masked


@transaction.atomic
def create_person(*, username: str, full_name: str, role: str, password: str, by: Actor, email: str = "") -> User:
    """A new person who can sign in.

    Side effects: the person, an audit entry. Raises UsernameTaken, EmailTaken, InvalidInput for a weak password or what is no role of
    people, RoleRefused for a role that `by` may not give.
    """
    person = new_person(username=username, full_name=full_name, role=role, email=email, by=by)
    set_password(person, password)
    person.save()
    record(actions.PERSON_CREATED, by=by, object_type="person", object_id=person.pk, after={"role": role})
    return person


def new_person(*, username: str, full_name: str, role: str, email: str, by: Actor) -> User:
    """The person, not saved. Raises UsernameTaken, EmailTaken, and what `refuse_unless_giveable` raises."""
    refuse_unless_giveable(role, by)
    if User.objects.filter(username=username).exists():
        raise UsernameTaken("Somebody already signs in with this name.")
    _refuse_taken(email)
    first, _, last = full_name.partition(" ")
    return User(username=username, first_name=first, last_name=last, role=role, email=email)


@transaction.atomic
def change_role(*, person_id: UUID, role: str, reason: str, by: Actor) -> User:
    """Gives a person another role. Side effects: the person, an audit entry.

    Nobody changes their own role. Raises InvalidInput for what is no role of people, RoleRefused for one that `by` may not
    give, LastAdministrator where nobody would be left who keeps people.
    """
    person = person_for(person_id)
    refuse_self(person, by)
    refuse_unless_giveable(role, by)
    before = person.role
    with keep_an_administrator():
        person.role = role
        person.save(update_fields=["role"])
    record(
        actions.ROLE_CHANGED, by=by, object_type="person", object_id=person.pk, before={"role": before},
        after={"role": role}, reason=reason,
    )  # fmt: skip
    return person


@transaction.atomic
def change_email(*, person_id: UUID, email: str, reason: str, by: Actor) -> User:
    """Another address of a person, or none: links that set a password go there alone from now on, earlier links are void.

    Side effects: the person, an audit entry with both addresses masked, `email_changed`, which tells both. Raises EmailTaken;
    nobody does this to themselves.
    """
    person = person_for(person_id)
    refuse_self(person, by)
    _refuse_taken(email, person)
    former, person.email = person.email, email
    person.save(update_fields=["email"])
    waiting_invitations(person).update(withdrawn_at=now())
    EmailAddress.objects.filter(user=person).delete()  # what the organisation's sign-in brought is no way in any more
    record(
        actions.EMAIL_CHANGED, by=by, object_type="person", object_id=person.pk, before={"email": masked(former)},
        after={"email": masked(email)}, reason=reason,
    )  # fmt: skip
    email_changed.send(sender=User, person_id=person.pk, former=former)
    return person


@transaction.atomic
def disable_person(*, person_id: UUID, reason: str, by: Actor) -> User:
    """Ends a person's access: sign-in refused from now on, open sessions worthless. Effects: person, sessions, audit entry.

    Raises LastAdministrator where nobody would be left who keeps people.
    """
    person = person_for(person_id)
    refuse_self(person, by)
    with keep_an_administrator():
        person.is_active = False
        person.save(update_fields=["is_active"])
    waiting_invitations(person).update(withdrawn_at=now())
    sessions.end_all(person)
    record(actions.PERSON_DISABLED, by=by, object_type="person", object_id=person.pk, reason=reason)
    return person


@transaction.atomic
def enable_person(*, person_id: UUID, reason: str, by: Actor) -> User:
    """Gives a person's access back, in the role they had. Effects: person, audit entry. Nobody does this for themselves.

    Raises RoleRefused where `by` may not give that role, NeverArrived for whom an invitation brought no further.
    """
    person = person_for(person_id)
    refuse_self(person, by)
    if has_never_arrived(person):
        raise NeverArrived("This person has never set a password. Invite them again.")
    refuse_unless_giveable(person.role, by)
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
    set_password(person, new)
    person.save(update_fields=["password"])
    record(actions.PASSWORD_CHANGED, by=person.actor, object_type="person", object_id=person.pk)


def set_password(person: User, password: str) -> None:
    """Raises InvalidInput for a weak one."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        faults = [Fault("/password", text) for text in error.messages]
        raise InvalidInput("The password is too weak.", faults) from error
    person.set_password(password)


def _refuse_taken(email: str, person: User | None = None) -> None:
    """Raises EmailTaken: two people with one address could not both sign in with it."""
    others = User.objects.filter(email__iexact=email).exclude(username=person.username if person else "")
    if email and others.exists():
        raise EmailTaken("Somebody else has this address.", [Fault("/email", "is somebody else's")])


def refuse_self(person: User, by: Actor) -> None:
    """Raises InvalidInput where `by` is `person`."""
    if str(person.pk) == by.id:
        raise InvalidInput("You cannot do this to your own account.", [Fault("/person", "is yourself")])
