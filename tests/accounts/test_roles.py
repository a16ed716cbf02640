"""Custom roles: two people put them in force, separation of duties is kept, and everything that asks by role knows them."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.exceptions import LastAdministrator, RoleInUse, RoleNameTaken, RoleRefused, RoleWaits
from accounts.models import CustomRole, RoleVersion, User
from accounts.roles import ROLES
from accounts.selectors import must_set_up_a_factor, people_who_may, person_for
from accounts.separation import FOR_PEOPLE, faults_of
from accounts.services import (
    approve_role,
    change_role,
    change_sign_in_policy,
    create_person,
    disable_person,
    propose_role,
    retire_role,
)
from accounts.vocabulary import WORDS
from audit.models import AuditEntry
from cases.enums import DecisionKind
from cases.policies import DEFAULT_RULES
from cases.services import claim_case, need_person, propose_decision
from cases.services.approvals import approve_decision
from cases.services.configuration import publish_decision_policy
from core.exceptions import InvalidInput
from core.permissions import Permission as P  # noqa: N817 - as in the tables of roles
from notifications.services import save_rule
from tests.factories.accounts import PASSWORD, make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
CHECKER = [P.CASE_VIEW, P.CUSTOMER_VIEW, P.DECISION_APPROVE, P.NOTIFICATION_VIEW]


@pytest.fixture
def admin() -> User:
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def mlro() -> User:
    return make_person(Role.MLRO)


def _proposed(admin: User, permissions: list[P], name: str = "Checker") -> RoleVersion:
    return propose_role(name=name, sentence="Checks.", permissions=permissions, reason="a test", by=admin.actor)


def _in_force(admin: User, mlro: User, permissions: list[P], name: str = "Checker") -> CustomRole:
    return approve_role(version_id=_proposed(admin, permissions, name).pk, by=mlro.actor)


def test_every_permission_of_people_has_words() -> None:
    assert set(WORDS) == set(P) - {P.PUBLIC, P.SIGNED_IN}
    assert set(WORDS) >= FOR_PEOPLE


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SERVICE_ACCOUNT])
def test_shipped_roles_keep_the_rules_for_custom_ones(role: Role) -> None:
    assert faults_of(ROLES[role].permissions) == []


def test_a_role_is_in_force_once_a_second_person_approved_it(admin: User, mlro: User) -> None:
    version = _proposed(admin, CHECKER)
    assert version.role.granted == frozenset()
    with pytest.raises(RoleRefused):
        approve_role(version_id=version.pk, by=admin.actor)
    role = approve_role(version_id=version.pk, by=mlro.actor)
    person = make_person(role.code)
    assert person.permissions == set(CHECKER)
    assert (person.has_perm(P.DECISION_APPROVE), person.has_perm(P.CASE_WORK)) == (True, False)
    assert person in people_who_may(P.DECISION_APPROVE)
    found = AuditEntry.objects.filter(object_type="role").values_list("action", flat=True)
    assert list(found.order_by("pk")) == ["accounts.role_proposed", "accounts.role_approved"]


def test_two_people_pass_on_only_what_one_of_them_holds(admin: User) -> None:
    version = _proposed(admin, CHECKER)
    with pytest.raises(RoleRefused, match="Approve what others proposed"):
        approve_role(version_id=version.pk, by=make_person(Role.ADMINISTRATOR).actor)


@pytest.mark.parametrize(
    "permissions",
    [
        [],
        [P.CASE_WORK],
        [P.SUBMISSION_CREATE],
        [P.PERSON_MANAGE, P.ROLE_APPROVE, P.CASE_VIEW, P.DECISION_APPROVE],
        [P.POLICY_EDIT, P.CASE_VIEW, P.DECISION_APPROVE],
        [P.LIST_VIEW, P.LIST_IMPORT, P.HIT_VIEW, P.HIT_DISPOSE],
    ],
)
def test_what_breaks_separation_of_duties_is_refused(admin: User, permissions: list[P]) -> None:
    with pytest.raises(InvalidInput):
        _proposed(admin, permissions)
    assert not CustomRole.objects.exists()


def test_both_sides_of_an_approval_are_a_warning_to_the_approver(client: Client, admin: User, mlro: User) -> None:
    version = _proposed(admin, [*CHECKER, P.CASE_WORK, P.DECISION_PROPOSE])
    client.force_login(mlro)
    page = client.get(f"/accounts/roles/{version.role_id}/").content.decode()
    assert "can stand on either side" in page
    assert client.post(f"/accounts/roles/versions/{version.pk}/approve/").status_code == 302
    assert CustomRole.objects.get().permissions


def test_nobody_changes_or_approves_the_role_they_have(admin: User, mlro: User) -> None:
    keeping = [P.PERSON_MANAGE, P.ROLE_APPROVE]
    role = _in_force(admin, make_person(Role.ADMINISTRATOR), keeping, "Keeper")
    keeper = make_person(role.code)
    with pytest.raises(RoleRefused):
        propose_role(name="Keeper", sentence="x", permissions=keeping, reason="mine", by=keeper.actor, role_id=role.pk)
    more = propose_role(
        name="Keeper", sentence="x", permissions=[*keeping, P.LIST_VIEW], reason="more", by=admin.actor, role_id=role.pk
    )
    with pytest.raises(RoleRefused):
        approve_role(version_id=more.pk, by=keeper.actor)


def test_who_keeps_people_alone_gives_no_administrators_powers(admin: User, mlro: User) -> None:
    role = _in_force(admin, make_person(Role.ADMINISTRATOR), [P.PERSON_MANAGE, P.ROLE_APPROVE], "Keeper")
    keeper, other = make_person(role.code), make_person()
    change_role(person_id=other.pk, role=Role.REVIEWER, reason="promoted", by=keeper.actor)
    with pytest.raises(RoleRefused, match="Keep programs and their keys"):
        change_role(person_id=other.pk, role=Role.ADMINISTRATOR, reason="a friend", by=keeper.actor)
    with pytest.raises(RoleRefused):
        create_person(username="x", full_name="X Y", role=Role.ADMINISTRATOR, password=PASSWORD, by=keeper.actor)


def test_the_last_who_keeps_people_stays(admin: User, mlro: User) -> None:
    role = _in_force(admin, make_person(Role.ADMINISTRATOR), [P.PERSON_MANAGE, P.ROLE_APPROVE], "Keeper")
    User.objects.exclude(pk=admin.pk).filter(role=Role.ADMINISTRATOR).update(is_active=False)
    last = make_person(role.code)
    change_role(person_id=admin.pk, role=Role.AUDITOR, reason="moved", by=last.actor)
    gone = make_person(Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(LastAdministrator):
        disable_person(person_id=last.pk, reason="left", by=gone.actor)
    assert person_for(last.pk).is_active


def test_a_role_waits_for_one_version_is_not_called_as_another_and_is_retired_when_empty(
    admin: User, mlro: User
) -> None:
    role = _in_force(admin, mlro, CHECKER)
    with pytest.raises(RoleNameTaken):
        _proposed(admin, CHECKER, "analyst")
    holder = make_person(role.code)
    with pytest.raises(RoleInUse):
        retire_role(role_id=role.pk, reason="over", by=admin.actor)
    change_role(person_id=holder.pk, role=Role.ANALYST, reason="over", by=admin.actor)
    retire_role(role_id=role.pk, reason="over", by=admin.actor)
    assert not is_offered(role.code, admin)
    other = _proposed(admin, CHECKER, "Other")
    with pytest.raises(RoleWaits):
        propose_role(
            name="Other", sentence="x", permissions=CHECKER, reason="again", by=admin.actor, role_id=other.role_id
        )


def is_offered(code: str, admin: User) -> bool:
    try:
        create_person(username="offered", full_name="A B", role=code, password=PASSWORD, by=admin.actor)
    except InvalidInput:
        return False
    return True


def test_second_factors_masking_notices_and_the_decision_policy_know_custom_roles(
    client: Client, admin: User, mlro: User
) -> None:
    role = _in_force(admin, mlro, [*CHECKER, P.IDENTIFIER_REVEAL])
    person = make_person(role.code)
    save_rule(event="case.opened", is_on=True, roles=[role.code], by=admin.actor)
    case = make_case()
    client.force_login(person)
    page = client.get(f"/customers/{case.customer_id}/").content.decode()
    assert ("1984-••-••" in page, "1984-06-07" in page) == (True, False)
    change_sign_in_policy(roles=[role.code], grace_days=0, by=admin.actor)
    assert must_set_up_a_factor(person)
    assert client.get("/cases/")["Location"] == "/accounts/me/security/"


def test_a_custom_role_approves_where_the_decision_policy_names_it(admin: User, mlro: User) -> None:
    role = _in_force(admin, mlro, CHECKER)
    case, officer = make_case(), make_person()
    approvers = DEFAULT_RULES["approver_roles"] | {DecisionKind.APPROVE: [role.code]}
    publish_decision_policy(rules=DEFAULT_RULES | {"approver_roles": approvers}, by=admin.actor)
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    claim_case(case_id=case.pk, by=officer.actor)
    decision = propose_decision(
        case_id=case.pk, kind=DecisionKind.APPROVE, reason_code="identity_verified",
        rationale="The evidence was examined in full.", by=officer.actor,
    )  # fmt: skip
    approve_decision(decision_id=decision.pk, by=make_person(role.code).actor)
    decision.refresh_from_db()
    assert decision.state == "approved"
