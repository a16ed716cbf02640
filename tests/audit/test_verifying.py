"""A superuser of the database bends the record in every way that is known; each is found and the entry named."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit import triggers
from audit.models import AuditAlarm, AuditCheckpoint
from audit.services import anchor_checkpoints, declare_restore, place_pending, rotate_signing_key, verify_record
from bench.tampering.attacks import ATTACKS, Attack, edit_body
from bench.tampering.log_of import log_of, note
from core.actor import system_actor

pytestmark = pytest.mark.django_db


@contextmanager
def superuser() -> Iterator[None]:
    """The power to switch the record's triggers off."""
    triggers.remove_tree(connection)
    triggers.remove(connection)
    yield
    triggers.install(connection)
    triggers.install_tree(connection)


def _found(run: Any) -> str:
    return " | ".join(fault["what"] for fault in run.faults)


def test_an_honest_record_is_intact() -> None:
    log_of(6, 4, 300)
    note(1)
    run = verify_record()
    assert (run.faults, run.declared, run.entries) == ([], [], 310)
    assert run.finished_at is not None
    assert not AuditAlarm.objects.exists()


@pytest.mark.parametrize(("attack", "told"), ATTACKS, ids=[attack.__name__ for attack, _ in ATTACKS])
def test_each_way_of_bending_the_record_is_found_and_named(attack: Attack, told: str) -> None:
    made = log_of(6, 4)
    with superuser():
        attack(connection, made)
    wanted = re.sub(r"\{(\d+)\}", lambda match: str(made[int(match[1])].pk), told)
    run = verify_record()
    assert re.search(wanted, _found(run)), _found(run)
    assert AuditAlarm.objects.exists()


def test_a_declared_restore_is_reported_as_declared_and_the_record_goes_on() -> None:
    log_of(3)
    with transaction.atomic():
        log_of(4)
        transaction.set_rollback(True)
    declare_restore(reason="disk failure", by=system_actor("console"))
    note(1)
    place_pending()
    anchor_checkpoints()
    run = verify_record()
    assert run.faults == []
    assert "entries 3 to 6" in run.declared[0]
    assert "/restored-1" in AuditCheckpoint.objects.first().note  # type: ignore[union-attr]


def test_a_restore_that_did_not_happen_is_not_declared() -> None:
    log_of(2)
    with pytest.raises(CommandError, match="no restore to declare"):
        call_command("declare_restore", "--by", "Ana", "--reason", "why not")


def test_a_rotated_key_signs_beside_the_old_one_and_both_verify(tmp_path: Any, settings: Any) -> None:
    settings.AUDIT_SIGNING_DIR = tmp_path / "keys"
    log_of(2)
    old = next((tmp_path / "keys").glob("*.key")).stem
    rotate_signing_key(by=system_actor("console"))
    log_of(2)
    call_command("rotate_audit_key", "--retire", old)
    log_of(2)
    assert verify_record().faults == []
    with pytest.raises(CommandError, match="does not sign here"):
        call_command("rotate_audit_key", "--retire", old)


def test_the_command_ends_with_1_and_names_the_entry(capsys: pytest.CaptureFixture[str]) -> None:
    made = log_of(6, 4)
    call_command("verify_audit_log")
    assert "10 entries, 0 fault(s)" in capsys.readouterr().out
    with superuser():
        edit_body(connection, made)
    with pytest.raises(SystemExit):
        call_command("verify_audit_log")
    assert f"entry {made[4].pk}" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's test database is in memory: no other process sees it"
)
def test_several_processes_find_what_one_finds() -> None:
    made = log_of(30, 20)
    assert verify_record(workers=2).faults == []
    with superuser():
        edit_body(connection, made)
    assert verify_record(workers=2).faults[0] == verify_record().faults[0]
