"""Backups: what is refused before anything is written, and a whole way there and back. `make drill-restore` does it under load."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installation
from django.db import connection

from audit.models import AuditEntry
from compliance_site.backups import BackupUnusable, declare_and_verify, make_backup, read_manifest, restore_backup
from compliance_site.backups.databases import PARTS
from compliance_site.backups.manifest import opened_part
from core.actor import system_actor
from documents.selectors import damaged_documents
from documents.services import store_document
from documents.store import path_of
from monitoring.models import ArchivedMonth
from tests.factories.customers import make_customer

pytestmark = pytest.mark.django_db
BY = system_actor("test")


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.KEYS_DIR = settings.DATA_DIR / "keys"
    settings.DOCUMENT_ROOT = settings.DATA_DIR / "documents"
    for folder, name in (
        ("documents/aa", "aa11"),
        ("keys", "probity_secret_key"),
        ("static", "page.css"),
        ("anchors", "note"),
    ):
        (settings.DATA_DIR / folder).mkdir(parents=True)
        (settings.DATA_DIR / folder / name).write_text("kept")
    return tmp_path


def test_backup_is_on_the_record_and_whole(data: Path) -> None:
    made = make_backup(folder=data / "backup", by=BY)
    assert read_manifest(data / "backup") == made
    assert set(made.parts) == {"anchors.tar", PARTS[connection.vendor], "files.tar"}
    assert b"probity_secret_key" not in (data / "backup" / "files.tar").read_bytes()
    assert AuditEntry.objects.filter(action="site.backup_made").exists()


def test_backup_with_keys_is_sealed_or_not_made(data: Path, settings: Any) -> None:
    with pytest.raises(BackupUnusable, match="PROBITY_BACKUP_KEY"):
        make_backup(folder=data / "open", by=BY, with_keys=True)
    settings.BACKUP_KEY = "a key of its own"
    make_backup(folder=data / "sealed", by=BY, with_keys=True)
    assert b"kept" not in (data / "sealed" / "keys.tar").read_bytes()
    assert b"kept" in opened_part(data / "sealed" / "keys.tar", data).read_bytes()
    settings.BACKUP_KEY = "another key"
    with pytest.raises(BackupUnusable, match="cannot be opened"):
        opened_part(data / "sealed" / "keys.tar", data)


def test_restore_over_what_is_there_is_refused(data: Path) -> None:
    make_backup(folder=data / "backup", by=BY)
    with pytest.raises(BackupUnusable, match="not empty"):
        restore_backup(data / "backup")


def test_restore_of_a_changed_part_is_refused(data: Path) -> None:
    make_backup(folder=data / "backup", by=BY)
    (data / "backup" / "files.tar").write_bytes(b"changed")
    with pytest.raises(BackupUnusable, match=r"files\.tar is missing or not"):
        restore_backup(data / "backup")


def test_a_document_that_is_missing_or_changed_is_found() -> None:
    customer = make_customer()
    _, missing, changed = (
        store_document(customer=customer, content=os.urandom(100), filename="a.pdf", by=BY) for _ in range(3)
    )
    path_of(missing.sha256).unlink()
    path_of(changed.sha256).write_bytes(path_of(changed.sha256).read_bytes()[:-1])
    number, damaged = damaged_documents()
    assert number == 3
    assert {one.document_id for one in damaged} == {missing.pk, changed.pk}


def test_a_month_of_the_archive_that_is_missing_makes_a_restore_not_whole(data: Path) -> None:
    made = make_backup(folder=data / "backup", by=BY)
    ArchivedMonth.objects.create(month="2020-01", file="gone.sealed", rows=1)
    found = declare_and_verify(manifest=made, reason="test", by=BY)
    assert (found.archived, found.damaged_months, found.is_whole) == (1, ["2020-01"], False)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="`make drill-restore` does it on PostgreSQL")
def test_restore_into_an_empty_installation_verifies_and_says_so(data: Path, settings: Any) -> None:
    settings.BACKUP_KEY = "a key of its own"
    make_backup(folder=data / "backup", by=BY, with_keys=False)
    own = {"PROBITY_DATA_DIR": str(data / "second"), "DATABASE_URL": "", "REDIS_URL": "", "PROBITY_BACKUP_KEY": settings.BACKUP_KEY,
           "PROBITY_STATIC_ROOT": str(installation.STATIC_ROOT)}  # fmt: skip
    command = [sys.executable, "manage.py", "restore", str(data / "backup"), "--by", "test", "--reason", "drill"]
    ran = subprocess.run(
        command, env=os.environ | own, cwd=installation.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert "0 faults" in ran.stdout, ran.stdout + ran.stderr
    assert ran.returncode == 0
    assert (data / "second" / "documents" / "aa" / "aa11").read_text() == "kept"
