"""What an operator runs: preparing a release, making the first person."""

import io
import socket

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEntry
from monitoring.models import Scenario
from workflows.models import Workflow

pytestmark = pytest.mark.django_db


def test_prepare_run_twice_publishes_what_ships_once() -> None:
    call_command("prepare", verbosity=0)
    found = Workflow.objects.count(), Scenario.objects.count()
    call_command("prepare", verbosity=0)
    assert (Workflow.objects.count(), Scenario.objects.count()) == found
    assert min(found) > 0


def test_create_person_makes_somebody_who_can_sign_in_on_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a long enough phrase\n"))
    call_command("create_person", "first.admin", "administrator", name="First Admin", stdout=io.StringIO())
    person = User.objects.get(username="first.admin")
    assert person.role == Role.ADMINISTRATOR
    assert person.check_password("a long enough phrase")
    assert AuditEntry.objects.filter(object_id=str(person.pk), actor_name="command line").exists()


def test_create_person_with_a_weak_password_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="12 characters"):
        call_command("create_person", "weak.admin", "administrator")


def test_create_person_refuses_the_role_of_programs() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("create_person", "robot", "service_account")


def test_serve_where_the_port_is_taken_says_so_before_it_begins() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1} make run"):
            call_command("serve", port=port)
