"""Reads of invitations, and of whether somebody can sign in."""

from uuid import UUID

from django.core import signing
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from accounts.enums import PersonState
from accounts.exceptions import InvitationNotValid
from accounts.models import Invitation, SignInTally, User
from accounts.selectors.people import people
from core.clock import now

_SALT = "probity.invitation"
_VOID = "This link was used, withdrawn or is too old."


def people_with_states(state: str = "") -> QuerySet[User]:
    """Everybody by name, each with `state` (a PersonState); only those in `state` where one is given."""
    waiting = Invitation.objects.filter(person=OuterRef("pk"), accepted_at=None)
    states = (
        (
            Q(is_active=True) & Exists(SignInTally.objects.filter(person=OuterRef("pk"), locked_until__gt=now())),
            "LOCKED",
        ),
        (Q(is_active=True), "ACTIVE"),
        (Exists(waiting.filter(withdrawn_at=None, expires_at__gt=now())), "INVITED"),
        (Exists(waiting.filter(withdrawn_at=None)), "EXPIRED"),
        (
            Exists(waiting) & ~Exists(Invitation.objects.filter(person=OuterRef("pk"), accepted_at__isnull=False)),
            "WITHDRAWN",
        ),
    )
    whens = [When(condition, then=Value(PersonState[name])) for condition, name in states]
    found = people().annotate(state=Case(*whens, default=Value(PersonState.ENDED)))
    return found.filter(Q(state=state)) if state else found


def people_by_state() -> list[tuple[PersonState, int]]:
    """How many people are in each state; states that nobody is in are left out."""
    states = people_with_states().order_by().values_list("state")  # type: ignore[misc]
    counted = dict(states.annotate(number=Count("pk")))
    return [(state, counted[state]) for state in PersonState if state in counted]


def person_state(person: User) -> PersonState:
    """Whether this person can sign in, and if not, why."""
    return PersonState(people_with_states().get(pk=person.pk).state)  # type: ignore[attr-defined]


def has_never_arrived(person: User) -> bool:
    """Whether the person was invited and has not accepted any invitation."""
    return person.invitations.exists() and not person.invitations.exclude(accepted_at=None).exists()


def waiting_invitations(person: User) -> QuerySet[Invitation]:
    """What was neither accepted nor withdrawn, expired or not: one at most."""
    return person.invitations.filter(accepted_at=None, withdrawn_at=None)


def invitations_of(person: User) -> QuerySet[Invitation]:
    """The person's invitations, the newest first."""
    return person.invitations.select_related("made_by").order_by("-created_at")


def invitation_path(invitation: Invitation) -> str:
    """The path of the page on which the person sets their password; it says nothing about them."""
    return reverse("accounts:invitation", args=[signing.dumps(invitation.pk.hex, salt=_SALT)])


def invitation_for(pk: UUID) -> Invitation:
    """The invitation with its person; raises InvitationNotValid."""
    found = Invitation.objects.select_related("person").filter(pk=pk).first()
    if found is None:
        raise InvitationNotValid("There is no such invitation.")
    return found


def invitation_for_token(token: str, *, lock: bool = False) -> Invitation:
    """The open invitation of a link, locked against a second use where `lock`.

    Raises InvitationNotValid for what is not ours, used, withdrawn or expired: alike, so that nobody learns which.
    """
    rows = Invitation.objects.select_related("person")
    try:
        key = UUID(signing.loads(token, salt=_SALT))
    except signing.BadSignature as error:
        raise InvitationNotValid(_VOID) from error
    found = (rows.select_for_update() if lock else rows).filter(pk=key).first()
    if found is None or not found.is_open:
        raise InvitationNotValid(_VOID)
    return found
