"""Changing the installation's keys: everything moves, a kill loses nothing, the old key can go."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.core.management import CommandError, call_command
from pytest_django import Settings

from audit.models import AuditEntry
from compliance_site import env
from compliance_site.rotation import ROTATION
from core.vault import open_text
from documents import store
from notifications.models import Destination
from notifications.selectors.parcels import place_of
from tests.factories.accounts import make_person
from tests.factories.notifications import make_destination
from workflows.long_work import run_work
from workflows.models import LongWork

OLD, NEW = {"2025": "a secret of before"}, {"2026": "another secret"}
_KILLED = """
import os, signal, sys
from django.conf import settings
settings.configure(DOCUMENT_ROOT=sys.argv[1], DOCUMENT_KEYS={"2026": "another secret", "2025": "a secret of before"})
from documents import store
for number, _ in enumerate(store.renew_all(), start=1):
    if number == 20:  # the next file is written, and not yet named
        store.os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


def _told(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("rotate_keys", *options)
    return capsys.readouterr().out


@pytest.mark.django_db
def test_everything_moves_and_the_old_key_can_go(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DOCUMENT_KEYS, settings.FETCH_ALLOWED_HOSTS = OLD, ["127.0.0.1"]
    digest = store.put(b"some bytes")
    row = make_destination("slack", "http://127.0.0.1/services/one")[0]
    factor = Authenticator.objects.create(
        user=make_person(), type=Authenticator.Type.TOTP, data={"secret": encrypt("JBSW")}
    )
    settings.DOCUMENT_KEYS = NEW | OLD
    assert "2025: 1 addresses and secrets of channels, 1 files, 1 second factors" in _told(capsys, "--status")
    assert "Nothing needs the key 2025" in _told(capsys)
    settings.DOCUMENT_KEYS = NEW
    factor.refresh_from_db()
    assert (store.get(digest), decrypt(factor.data["secret"])) == (b"some bytes", "JBSW")
    assert open_text(Destination.objects.get(pk=row.pk).sealed, place_of(row)).endswith("/one")
    assert AuditEntry.objects.filter(action="compliance_site.keys_rotated").count() == 1


@pytest.mark.django_db
def test_nothing_moves_while_a_key_is_missing(settings: Settings) -> None:
    settings.DOCUMENT_KEYS = OLD
    digest = store.put(b"some bytes")
    settings.DOCUMENT_KEYS = NEW
    with pytest.raises(CommandError, match="2025"):
        call_command("rotate_keys")
    settings.DOCUMENT_KEYS = OLD
    assert store.get(digest) == b"some bytes"


@pytest.mark.django_db
def test_a_worker_can_do_it(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DOCUMENT_KEYS = OLD
    digest = store.put(b"some bytes")
    settings.DOCUMENT_KEYS = NEW | OLD
    _told(capsys, "--by-worker")
    run_work(LongWork.objects.get(kind=ROTATION).pk)
    settings.DOCUMENT_KEYS = NEW
    assert store.get(digest) == b"some bytes"


def test_killed_in_the_middle_it_loses_nothing_and_is_ended_by_running_again(settings: Settings) -> None:
    settings.DOCUMENT_KEYS = OLD
    digests = {store.put(f"file {number}".encode()): number for number in range(60)}
    command = [sys.executable, "-c", _KILLED, str(settings.DOCUMENT_ROOT)]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -signal.SIGKILL
    settings.DOCUMENT_KEYS = NEW | OLD
    assert sum(key == "2026" for key in store.key_ids()) == 20
    assert all(store.get(digest) == f"file {number}".encode() for digest, number in digests.items())
    assert sum(store.renew_all()) == 40
    settings.DOCUMENT_KEYS = NEW
    assert all(store.get(digest) == f"file {number}".encode() for digest, number in digests.items())


@pytest.mark.django_db
def test_what_no_key_opens_is_said(settings: Settings) -> None:
    settings.DOCUMENT_KEYS = OLD
    store.path_of(store.put(b"some bytes")).write_bytes(b"other bytes")
    with pytest.raises(CommandError, match="not what its name says"):
        call_command("rotate_keys")


def test_new_key_in_the_data_folder_stands_first(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PROBITY_DOCUMENT_KEYS", raising=False)
    settings.KEYS_DIR = tmp_path
    before = env.key_ring("PROBITY_DOCUMENT_KEYS", tmp_path)
    made = _told(capsys, "--new").split()[3].rstrip(".")
    ring = env.key_ring("PROBITY_DOCUMENT_KEYS", tmp_path)
    assert list(ring) == [made, "local"]
    assert ring["local"] == before["local"]


def test_where_keys_are_configured_none_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBITY_DOCUMENT_KEYS", "2026:secret")
    with pytest.raises(CommandError, match="first in PROBITY_DOCUMENT_KEYS"):
        call_command("rotate_keys", "--new")
