"""Reads of roles, shipped and of the house, as those who give them and those who ask about them see them."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.enums import Role, RoleState
from accounts.models import CustomRole, RoleVersion, User
from accounts.roles import ROLES
from core.exceptions import NotFound
from core.ids import parse_id
from core.permissions import Permission


@dataclass(frozen=True)
class RoleInForce:
    """A role that a person can be given: `code` is what `User.role` holds."""

    code: str
    name: str
    sentence: str
    permissions: frozenset[Permission]
    is_shipped: bool = True


def roles_in_force() -> list[RoleInForce]:
    """Every role of people: the shipped ones in their order, then those of the house by name."""
    shipped = [
        RoleInForce(str(role), str(role.label), definition.sentence, definition.permissions)
        for role, definition in ROLES.items()
        if role is not Role.SERVICE_ACCOUNT
    ]
    made = CustomRole.objects.filter(is_retired=False).exclude(permissions=[]).order_by("name")
    return [*shipped, *(RoleInForce(role.code, role.name, role.sentence, role.granted, False) for role in made)]


def role_choices(permission: Permission | None = None) -> list[tuple[str, str]]:
    """(code, name) of every role of people, or of those that grant `permission`: for forms."""
    return [(role.code, role.name) for role in roles_in_force() if permission is None or permission in role.permissions]


def roles_that_may(permission: Permission) -> set[str]:
    """The codes of the roles of people that grant `permission`."""
    return {code for code, _ in role_choices(permission)}


def is_role(code: str) -> bool:
    """True for the code of a role that a person can be given."""
    return any(role.code == code for role in roles_in_force())


def custom_roles() -> QuerySet[CustomRole]:
    """The roles of the house by name, with how many active people have each (`holders`) and what waits (`waiting`)."""
    holding = User.objects.filter(role=OuterRef("code"), is_active=True).order_by().values("role")
    return CustomRole.objects.annotate(
        holders=Coalesce(Subquery(holding.annotate(number=Count("pk")).values("number")), 0),
        waiting=Count("versions", filter=Q(versions__state=RoleState.WAITING)),
    ).order_by(F("is_retired").asc(), "name")


def custom_role_for(pk: object) -> CustomRole:
    """The custom role with this id, as `custom_roles` has it; raises NotFound."""
    found = custom_roles().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such role.")
    return found


def role_version_for(pk: object) -> RoleVersion:
    """The version of a custom role with this id; raises NotFound."""
    found = RoleVersion.objects.select_related("role", "proposed_by").filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such version.")
    return found


def versions_of(role: CustomRole) -> QuerySet[RoleVersion]:
    """Everything the role was proposed to be, the newest first."""
    return role.versions.select_related("proposed_by", "decided_by").order_by("-number")
