"""What nobody may do with roles, whoever they are: raise somebody beyond what they hold, or leave nobody in charge."""

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.exceptions import LastAdministrator, RoleRefused
from accounts.selectors import people_who_may, person_for_actor, roles_in_force
from accounts.separation import KEEPING
from accounts.vocabulary import WORDS
from core.actor import Actor
from core.exceptions import Fault, InvalidInput
from core.permissions import Permission
from core.words import said


def refuse_unless_giveable(code: str, by: Actor) -> None:
    """Raises InvalidInput for what is no role of people, RoleRefused for a role with what only administrators hold, `by` not.

    Work on cases is given by whoever keeps people, though they decide none; what runs the product only by who may do it.
    """
    role = next((role for role in roles_in_force() if role.code == code), None)
    if role is None:
        raise InvalidInput("This is no role of people.", [Fault("/role", "is no role that a person can have")])
    beyond = role.permissions & KEEPING - person_for_actor(by).permissions if by.is_person else frozenset()
    if beyond:
        raise RoleRefused(said("You cannot give what you do not hold: {words_of}.", words_of=words_of(beyond)))


@contextmanager
def keep_an_administrator() -> Iterator[None]:
    """Around a change of who keeps people; raises LastAdministrator after it where nobody would. Waits for another such change."""
    keepers = people_who_may(Permission.PERSON_MANAGE)
    had_one = bool(keepers.select_for_update().order_by("pk").values_list("pk", flat=True))
    yield
    if had_one and not people_who_may(Permission.PERSON_MANAGE).exists():
        raise LastAdministrator("Nobody would be left who keeps people. Give somebody else that role first.")


def words_of(permissions: frozenset[Permission]) -> str:
    """These permissions as people read them, in one line."""
    return ", ".join(sorted(WORDS[one] for one in permissions))
