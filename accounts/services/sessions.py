"""Ending sessions: one's own elsewhere, and another person's by an administrator."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts import actions
from accounts.models import User
from audit.services import record
from core.actor import Actor
from core.exceptions import NotFound


@transaction.atomic
def end_session(*, person: User, session_id: int, by: Actor) -> None:
    """Ends one session of the person. Side effects: the session, an audit entry. Raises NotFound for somebody else's."""
    session = UserSession.objects.filter(user=person, pk=session_id).first()
    if session is None:
        raise NotFound("There is no such session.")
    session.end()
    record(actions.SESSION_ENDED, by=by, object_type="person", object_id=person.pk)


@transaction.atomic
def end_sessions(*, person: User, by: Actor, besides: str = "") -> int:
    """Ends all sessions of the person, except the one with the key `besides`; how many. Effects as `end_session`."""
    ended = end_all(person, besides)
    record(actions.SESSIONS_ENDED, by=by, object_type="person", object_id=person.pk, after={"sessions": ended})
    return ended


def end_all(person: User, besides: str = "") -> int:
    """Ends the sessions without a word on the record: for services that put more than this there."""
    open_sessions = UserSession.objects.filter(user=person).exclude(session_key=besides)
    for session in open_sessions:
        session.end()
    return len(open_sessions)
