"""People whom the organisation's OpenID Connect provider vouches for."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from accounts import actions
from accounts.exceptions import LastAdministrator, SignInRefused
from accounts.models import User
from accounts.selectors import is_role, sign_in_policy
from accounts.services.separation import keep_an_administrator
from accounts.signals import last_administrator_kept
from audit.services import record
from core.actor import Actor, ActorKind

_SSO = Actor(ActorKind.SYSTEM, "sso", "The organisation's sign-in")


def role_for(groups: Collection[str]) -> str | None:
    """The role of the first mapped group that is among `groups`, in the order of PROBITY_OIDC_ROLES.

    Shipped roles by their names, custom ones by their codes; a mapping to what is no role in force gives none.
    """
    return next((role for group, role in settings.OIDC_ROLES.items() if group in groups and is_role(role)), None)


@transaction.atomic
def admit_by_sso(*, person: User, groups: Collection[str], newly_linked: bool = False) -> None:
    """Lets a known person in; where groups are mapped, their role follows the groups.

    Side effects: the role, audit entries; `last_administrator_kept` instead of the role where nobody would be left who keeps people.
    Raises SignInRefused for whom access ended and for whom no group gives a role.
    """
    if not person.is_active:
        raise SignInRefused("Your access to this product has ended.")
    role = role_for(groups)
    if settings.OIDC_ROLES and role is None:
        raise SignInRefused("None of your groups gives you a role in this product.")
    if newly_linked:
        record(actions.SSO_LINKED, by=_SSO, object_type="person", object_id=person.pk)
    if role and role != person.role:
        _follow(person, role)


def _follow(person: User, role: str) -> None:
    """Gives the person the role of their groups; whoever alone still keeps people keeps their role, and an alarm is raised.

    A group that is lost or mapped amiss elsewhere would leave nobody who could put it right here.
    """
    before = person.role
    try:
        with transaction.atomic(), keep_an_administrator():
            person.role = role
            person.save(update_fields=["role"])
    except LastAdministrator:
        person.role = before
        record(actions.LAST_ADMINISTRATOR_KEPT, by=_SSO, object_type="person", object_id=person.pk, before={"role": before},
               after={"role": role})  # fmt: skip
        last_administrator_kept.send(sender=User, person_id=person.pk)
        return
    record(actions.ROLE_CHANGED, by=_SSO, object_type="person", object_id=person.pk, before={"role": before},
           after={"role": role}, reason="groups of the organisation's sign-in")  # fmt: skip


def match_by_email(*, email: str, is_verified: bool) -> User | None:
    """The one active person with this address, where the policy allows matching and the provider verified it."""
    if not (email and is_verified and sign_in_policy().sso_matches_email):
        return None
    found = list(User.objects.filter(email__iexact=email, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def refuse_strangers(*, email: str, groups: Collection[str]) -> str:
    """The role a newcomer gets; raises SignInRefused where the policy creates nobody, or the address is somebody's."""
    role = role_for(groups)
    if not sign_in_policy().sso_creates_people or role is None:
        raise SignInRefused("Nobody here knows you yet. Ask an administrator to let you in.")
    if email and User.objects.filter(email__iexact=email).exists():
        raise SignInRefused("Somebody here has your e-mail address already. Ask an administrator to link you.")
    return role


@transaction.atomic
def record_newcomer(*, person: User) -> None:
    """Puts a person whom the provider brought on the record."""
    record(actions.PERSON_CREATED, by=_SSO, object_type="person", object_id=person.pk, after={"role": person.role})
