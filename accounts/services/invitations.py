"""Invitations: a new person sets their own first password by a link, so that no administrator ever knows one.

Until then they are on the list of people and nothing else: not active, without a password.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from accounts import actions
from accounts.exceptions import AlreadyArrived, InvitationNotValid
from accounts.models import Invitation, User
from accounts.selectors import (
    has_never_arrived,
    invitation_for_token,
    person_for,
    person_for_actor,
    sign_in_policy,
    waiting_invitations,
)
from accounts.services.people import new_person, refuse_self, set_password
from accounts.services.separation import refuse_unless_giveable
from accounts.services.streams import auth_stream
from accounts.signals import person_invited
from audit.services import record
from core.actor import Actor
from core.clock import now


@transaction.atomic
def invite_person(*, username: str, full_name: str, role: str, by: Actor, email: str = "") -> Invitation:
    """A new person who can sign in once they have set a password by the invitation's link.

    Side effects: the person, the invitation, an audit entry, `person_invited`, which sends the link where there is an address. Raises
    as `create_person` does, but for the password.
    """
    person = new_person(username=username, full_name=full_name, role=role, email=email, by=by)
    person.is_active = False
    person.set_unusable_password()
    person.save()
    return _invite(person, by)


@transaction.atomic
def invite_again(*, person_id: UUID, by: Actor) -> Invitation:
    """Another link for somebody who has not come yet; the former is void. Effects as `invite_person`.

    Raises AlreadyArrived for whom no link is waiting, RoleRefused where `by` may not give their role.
    """
    person = person_for(person_id)
    refuse_self(person, by)
    refuse_unless_giveable(person.role, by)
    if not has_never_arrived(person):
        raise AlreadyArrived("This person has a sign-in. Make them a link for a new password instead.")
    waiting_invitations(person).update(withdrawn_at=now())
    return _invite(person, by)


@transaction.atomic
def withdraw_invitation(*, person_id: UUID, reason: str, by: Actor) -> None:
    """Makes the link void. Side effects: the invitation, an audit entry. Raises InvitationNotValid where none is waiting."""
    person = person_for(person_id)
    if not waiting_invitations(person).update(withdrawn_at=now()):
        raise InvitationNotValid("No invitation is waiting.")
    record(actions.INVITATION_WITHDRAWN, by=by, object_type="person", object_id=person.pk, reason=reason)


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    """The person's first password: from now on they can sign in; the days for a second factor are counted from today.

    Side effects: the person, the invitation, an audit entry. Raises InvitationNotValid, InvalidInput for a weak password.
    """
    invitation = invitation_for_token(token, lock=True)
    person = invitation.person
    set_password(person, password)
    person.is_active, person.date_joined = True, now()
    person.save(update_fields=["password", "is_active", "date_joined"])
    invitation.accepted_at = now()
    invitation.save(update_fields=["accepted_at"])
    record(
        actions.INVITATION_ACCEPTED, by=person.actor, object_type="person", object_id=person.pk,
        stream=auth_stream(person.pk),
    )  # fmt: skip
    return person


def _invite(person: User, by: Actor) -> Invitation:
    expires_at = now() + timedelta(days=sign_in_policy().invitation_days)
    invitation = Invitation.objects.create(person=person, made_by=person_for_actor(by), expires_at=expires_at)
    after = {"role": person.role, "expires_at": expires_at.date()}
    record(actions.PERSON_INVITED, by=by, object_type="person", object_id=person.pk, after=after)
    person_invited.send(sender=Invitation, invitation_id=invitation.pk)
    return invitation
