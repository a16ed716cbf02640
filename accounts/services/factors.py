"""Second factors on the record, and taking away those of a person who lost them."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import actions
from accounts.models import User
from accounts.selectors import person_for
from accounts.services import sessions
from accounts.services.people import refuse_self
from accounts.services.streams import auth_stream
from audit.actions import Action
from audit.services import record
from core.actor import Actor


@transaction.atomic
def record_factor(*, person: User, action: Action, kind: str, left: int | None = None) -> None:
    """Puts what happened to a factor of one's own on the record. `left`: recovery codes that are still unused."""
    values = {"kind": kind} if left is None else {"kind": kind, "left": left}
    before, after = (values, None) if action is actions.FACTOR_REMOVED else (None, values)
    record(action, by=person.actor, object_type="person", object_id=person.pk, before=before, after=after,
           stream=auth_stream(person.pk))  # fmt: skip


@transaction.atomic
def remove_factors(*, person_id: UUID, reason: str, by: Actor) -> int:
    """Removes every second factor of a person who cannot use them, and ends their sessions; how many factors.

    Side effects: factors, sessions, an audit entry. Nobody does this to themselves.
    """
    person = person_for(person_id)
    refuse_self(person, by)
    removed: int = Authenticator.objects.filter(user=person).delete()[0]
    sessions.end_all(person)
    record(actions.FACTORS_TAKEN_AWAY, by=by, object_type="person", object_id=person.pk, reason=reason)
    return removed
