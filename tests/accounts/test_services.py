"""People, API clients and keys."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import services
from accounts.enums import Role
from accounts.exceptions import NotAPerson, UsernameTaken
from accounts.models import User
from accounts.roles import ROLES, permissions_of
from accounts.selectors import people_who_may, person_for_actor
from audit.models import AuditEntry
from core.exceptions import InvalidInput
from core.permissions import Permission
from tests.factories.accounts import make_api_client, make_person

pytestmark = pytest.mark.django_db


def _create(**more: object) -> User:
    values = {"username": "new", "full_name": "New Person", "role": Role.ANALYST, "password": "a long enough pass 7"}
    return services.create_person(**(values | {"by": make_person(Role.ADMINISTRATOR).actor} | more))


def test_create_person_gives_the_permissions_of_the_role() -> None:
    person = _create()
    assert person.has_perm(Permission.DECISION_PROPOSE)
    assert not person.has_perm(Permission.DECISION_APPROVE)


def test_create_person_is_on_the_record() -> None:
    person = _create()
    assert AuditEntry.objects.filter(action="accounts.person_created", object_id=str(person.pk)).count() == 1


def test_create_person_with_a_weak_password_points_at_it() -> None:
    with pytest.raises(InvalidInput) as caught:
        _create(password="short")
    assert {fault.pointer for fault in caught.value.faults} == {"/password"}


def test_create_person_with_a_taken_name_is_refused() -> None:
    make_person(username="new")
    with pytest.raises(UsernameTaken):
        _create()


def test_create_person_as_a_service_account_is_refused() -> None:
    with pytest.raises(InvalidInput):
        _create(role=Role.SERVICE_ACCOUNT)


def test_a_service_account_among_people_is_refused_by_the_database() -> None:
    person = make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(role=Role.SERVICE_ACCOUNT)


def test_change_role_of_oneself_is_refused() -> None:
    person = make_person(Role.ADMINISTRATOR)
    with pytest.raises(InvalidInput):
        services.change_role(person_id=person.pk, role=Role.MLRO, reason="promotion", by=person.actor)


def test_disabled_person_has_no_permission_and_is_no_actor() -> None:
    person = make_person(Role.REVIEWER)
    services.disable_person(person_id=person.pk, reason="left", by=make_person(Role.ADMINISTRATOR).actor)
    person.refresh_from_db()
    assert not person.has_perm(Permission.CASE_VIEW)
    with pytest.raises(NotAPerson):
        person_for_actor(person.actor)


def test_person_for_actor_of_a_program_is_refused() -> None:
    with pytest.raises(NotAPerson):
        person_for_actor(make_api_client().actor)


def test_create_api_client_with_a_scope_of_people_is_refused() -> None:
    by = make_person(Role.ADMINISTRATOR).actor
    with pytest.raises(InvalidInput):
        services.create_api_client(name="x", scopes=[Permission.DECISION_APPROVE], by=by)


def test_create_api_key_with_a_life_above_a_year_is_refused() -> None:
    client = make_api_client()
    with pytest.raises(InvalidInput):
        services.create_api_key(client_id=client.pk, valid_for=timedelta(days=400), by=client.created_by.actor)


def test_people_who_may_approve_are_reviewers_and_mlros() -> None:
    by_role = {role: make_person(role) for role in (Role.ANALYST, Role.REVIEWER, Role.MLRO, Role.AUDITOR)}
    assert set(people_who_may(Permission.DECISION_APPROVE)) == {by_role[Role.REVIEWER], by_role[Role.MLRO]}


def test_no_role_but_an_administrator_manages_people() -> None:
    assert [role for role in ROLES if Permission.PERSON_MANAGE in permissions_of(role)] == [Role.ADMINISTRATOR]


def test_every_permission_is_granted_by_some_role() -> None:
    granted = frozenset().union(*(definition.permissions for definition in ROLES.values()))
    assert set(Permission) - granted == {Permission.PUBLIC, Permission.SIGNED_IN}
