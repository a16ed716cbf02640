"""Anchors: an append-only file by default, a web address and a mailbox where they are set."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core import mail

from audit.anchors.base import configured_anchors
from audit.models import AuditAlarm, AuditAnchor, AuditCheckpoint
from audit.services import anchor_checkpoints, place_pending, verify_record
from bench.tampering.log_of import log_of, note
from core.clock import now
from tests.fakes.timestamp_authority import Authority, timestamp_authority

pytestmark = pytest.mark.django_db


class Witness(BaseHTTPRequestHandler):
    """Takes checkpoints, or answers as it is told."""

    status = 201
    taken: list[str] = []

    def do_POST(self) -> None:
        Witness.taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"taken")

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def witness(settings: Any) -> Any:
    server = HTTPServer(("127.0.0.1", 0), Witness)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.AUDIT_ANCHOR_WEBHOOK = f"http://127.0.0.1:{server.server_port}/checkpoints"
    Witness.status, Witness.taken = 201, []
    yield Witness
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_file_is_an_anchor_by_default_and_takes_every_checkpoint() -> None:
    log_of(2, 2)
    (anchor,) = configured_anchors()
    assert [note.split("\n")[1] for note in anchor.notes()] == ["2", "4"]
    assert list(AuditAnchor.objects.values_list("size", "sink")) == [(4, "file"), (2, "file")]


def test_a_checkpoint_is_anchored_once() -> None:
    log_of(2)
    assert anchor_checkpoints() == 0


def test_an_address_takes_the_signed_note_at_most_once_a_minute(witness: Any) -> None:
    log_of(2, 2)
    assert witness.taken == [AuditCheckpoint.objects.get(pk=2).note]


def test_an_address_that_refuses_raises_an_alarm_and_is_tried_again(witness: Any) -> None:
    witness.status = 503
    log_of(2)
    assert "webhook" in AuditAlarm.objects.get().detail
    witness.status = 200
    note(1)
    place_pending()
    assert anchor_checkpoints() == 2


def test_a_file_that_cannot_be_written_raises_an_alarm(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "taken").write_text("a file where a folder is needed")
    settings.AUDIT_ANCHOR_FILE = tmp_path / "taken" / "checkpoints.log"
    log_of(2)
    assert AuditAlarm.objects.get().kind == "anchor_failed"


def test_a_mailbox_takes_the_note(settings: Any) -> None:
    settings.AUDIT_ANCHOR_EMAIL = "record@example.org"
    log_of(2)
    assert mail.outbox[0].to == ["record@example.org"]
    assert "probity.local/audit\n2\n" in mail.outbox[0].body


@pytest.fixture
def authority(settings: Any, tmp_path: Any) -> Iterator[Authority]:
    with timestamp_authority() as running:
        settings.AUDIT_TSA_URL, settings.AUDIT_TSA_ROOTS = running.url, running.roots
        settings.AUDIT_TIMESTAMPS = tmp_path / "timestamps.jsonl"
        yield running


def test_an_authority_stamps_the_note_and_its_token_is_verified_with_the_record(authority: Authority) -> None:
    before = now()
    log_of(3)
    stamped = datetime.fromisoformat(AuditAnchor.objects.get(sink="timestamp").receipt)
    assert abs(stamped - before) < timedelta(minutes=5)
    assert AuditCheckpoint.objects.get().note.encode() not in authority.asked[0]
    assert verify_record().faults == []


def test_a_token_of_another_note_is_found(authority: Authority, settings: Any) -> None:
    log_of(3)
    kept = settings.AUDIT_TIMESTAMPS
    kept.write_text(kept.read_text().replace("\\n3\\n", "\\n2\\n"))
    assert "timestamp does not fit" in verify_record().faults[0]["what"]


@pytest.mark.parametrize(
    ("broken", "told"), [("garbage", "refused"), ("status", "does not answer"), ("roots", "refused")]
)
def test_an_authority_that_fails_raises_an_alarm(authority: Authority, settings: Any, broken: str, told: str) -> None:
    authority.garbage, authority.status = broken == "garbage", 500 if broken == "status" else 200
    if broken == "roots":
        with timestamp_authority() as other:
            settings.AUDIT_TSA_ROOTS.write_bytes(other.roots.read_bytes())
    log_of(2)
    assert told in AuditAlarm.objects.get().detail
