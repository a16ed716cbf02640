"""Custom roles: one person proposes what a role grants, another puts it in force. Every step is on the record."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from accounts import actions
from accounts.enums import Role, RoleState
from accounts.exceptions import RoleInUse, RoleNameTaken, RoleRefused, RoleWaits
from accounts.models import CustomRole, RoleVersion, User
from accounts.selectors import custom_role_for, person_for_actor, role_version_for
from accounts.separation import faults_of, held_between
from accounts.services.separation import keep_an_administrator, words_of
from accounts.signals import role_proposed
from audit.actions import Action
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput
from core.permissions import Permission
from core.words import said

_LONGEST_CODE = 20


@transaction.atomic
def propose_role(
    *, name: str, sentence: str, permissions: Collection[str], reason: str, by: Actor, role_id: UUID | None = None
) -> RoleVersion:
    """A new role, or what an existing one shall be: in force when somebody else approves it.

    Side effects: the role's row where it is new, granting nothing yet; the version; an audit entry; `role_proposed`. Raises
    InvalidInput with what breaks separation of duties, RoleNameTaken, RoleWaits, Conflict for a retired role, RoleRefused
    for the author's own role.
    """
    author = person_for_actor(by)
    faults = [Fault("/permissions", text.rstrip(".")) for text in faults_of(permissions)]
    if faults:
        raise InvalidInput("No role can be made of these permissions.", faults)
    _refuse_taken(name, role_id)
    role = _locked(role_id, author) if role_id else CustomRole.objects.create(code=_free_code(name), name=name)
    number = role.versions.count() + 1
    version = RoleVersion.objects.create(
        role=role, number=number, name=name, sentence=sentence, permissions=sorted(permissions), reason=reason,
        proposed_by=author,
    )  # fmt: skip
    _record(actions.ROLE_PROPOSED, version, by, reason)
    role_proposed.send(sender=RoleVersion, version_id=version.pk)
    return version


@transaction.atomic
def approve_role(*, version_id: UUID, by: Actor) -> CustomRole:
    """Puts a version in force for everybody who has the role, from their next request on.

    Side effects: the version, the role, an audit entry. Raises Conflict for one that does not wait, RoleRefused for its own
    author, for who has the role, and where neither of the two holds what it newly grants; LastAdministrator.
    """
    approver, version = person_for_actor(by), _waiting(version_id)
    role = version.role
    _refuse_approver(version, approver)
    before = {"name": role.name, "sentence": role.sentence, "permissions": role.permissions}
    with keep_an_administrator():
        role.name, role.sentence, role.permissions = version.name, version.sentence, version.permissions
        role.save(update_fields=["name", "sentence", "permissions"])
    _settle(version, RoleState.APPROVED, approver)
    _record(actions.ROLE_APPROVED, version, by, before=before)
    return role


@transaction.atomic
def return_role(*, version_id: UUID, reason: str, by: Actor) -> RoleVersion:
    """A version that waits will not be: returned, or taken back by its author. Effects: the version, an audit entry."""
    version = _waiting(version_id)
    _settle(version, RoleState.RETURNED, person_for_actor(by))
    _record(actions.ROLE_RETURNED, version, by, reason)
    return version


@transaction.atomic
def retire_role(*, role_id: UUID, reason: str, by: Actor) -> CustomRole:
    """Nobody can be given the role any more. Effects: the role, an audit entry. Raises RoleInUse, RoleWaits."""
    role = _locked(role_id, person_for_actor(by))
    if User.objects.filter(role=role.code).exists():
        raise RoleInUse("Somebody still has this role, or had it when their access ended. Give them another first.")
    role.is_retired = True
    role.save(update_fields=["is_retired"])
    record(actions.ROLE_RETIRED, by=by, object_type="role", object_id=role.pk, after={"name": role.name}, reason=reason)
    return role


def _locked(role_id: UUID, person: User) -> CustomRole:
    """The role for a change; refused to who has it, while a version waits, and when it is retired."""
    role = CustomRole.objects.select_for_update().get(pk=custom_role_for(role_id).pk)
    if person.role == role.code:
        raise RoleRefused("This is your own role; somebody else must change it.")
    if role.is_retired:
        raise Conflict("This role is retired.")
    if role.versions.filter(state=RoleState.WAITING).exists():
        raise RoleWaits("A version of this role waits already: approve or return it first.")
    return role


def _waiting(version_id: UUID) -> RoleVersion:
    found = role_version_for(version_id)
    version = RoleVersion.objects.select_for_update(of=("self",)).select_related("role", "proposed_by").get(pk=found.pk)
    if version.state != RoleState.WAITING:
        raise Conflict("Somebody has decided on this version already.")
    return version


def _refuse_approver(version: RoleVersion, approver: User) -> None:
    if approver.pk == version.proposed_by_id:
        raise RoleRefused("You proposed this role; somebody else must approve it.")
    if approver.role == version.role.code:
        raise RoleRefused("This is your own role; somebody else must approve it.")
    author = version.proposed_by.permissions if version.proposed_by.is_active else frozenset()
    added = {Permission(one) for one in version.permissions} - version.role.granted
    beyond = frozenset(added - held_between(approver.permissions, author))
    if beyond:
        raise RoleRefused(
            said(
                "Neither its author nor you may do this, so you cannot pass it on: {words_of}.",
                words_of=words_of(beyond),
            )
        )


def _settle(version: RoleVersion, state: RoleState, person: User) -> None:
    version.state, version.decided_by, version.decided_at = state, person, now()
    version.save(update_fields=["state", "decided_by", "decided_at"])


def _record(
    action: Action, version: RoleVersion, by: Actor, reason: str = "", before: dict[str, object] | None = None
) -> None:
    after = {"name": version.name, "number": version.number, "sentence": version.sentence,
             "permissions": version.permissions}  # fmt: skip
    record(action, by=by, object_type="role", object_id=version.role_id, before=before, after=after, reason=reason)


def _refuse_taken(name: str, role_id: UUID | None) -> None:
    shipped = {str(role.label).casefold() for role in Role}
    if name.casefold() in shipped or CustomRole.objects.filter(~Q(pk=role_id), name__iexact=name).exists():
        raise RoleNameTaken("Another role is called so.", [Fault("/name", "is the name of another role")])


def _free_code(name: str) -> str:
    """A code from the name that no role has."""
    start = slugify(name)[: _LONGEST_CODE - 3].strip("-") or "role"
    taken = set(CustomRole.objects.values_list("code", flat=True)) | set(Role.values)
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (start, *numbered) if code not in taken)
