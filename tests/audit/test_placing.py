"""The sequencer: everything that waits is placed once, in order, under a signed root; what is forged is not."""

from threading import Thread

import pytest
from django.conf import settings
from django.db import connection, transaction

from audit.exceptions import RestoreNotDeclared
from audit.keys import signers, verifiers
from audit.log.checkpoints import parse_checkpoint
from audit.log.merkle import Frontier, is_consistent, root_from_inclusion
from audit.log.notes import open_note
from audit.models import AuditAlarm, AuditCheckpoint, AuditEntry, AuditLeaf, AuditNode, AuditPending
from audit.proofs import consistency_proof, inclusion_proof
from audit.services import place_pending, record_is_waiting
from bench.tampering.log_of import log_of, note

pytestmark = pytest.mark.django_db


def _root(size: int) -> bytes:
    checkpoint = AuditCheckpoint.objects.get(pk=size)
    return parse_checkpoint(open_note(checkpoint.note, verifiers())).root


def test_what_waits_is_placed_in_order_without_a_gap() -> None:
    made = log_of(3, 4)
    assert list(AuditLeaf.objects.order_by("seq").values_list("seq", "entry_id")) == list(enumerate(e.pk for e in made))
    assert not record_is_waiting()
    assert place_pending() == 0


def test_the_checkpoint_signs_the_root_over_every_leaf() -> None:
    made = log_of(5)
    edge = Frontier()
    for entry in made:
        edge.append(bytes(entry.leaf))
    assert _root(5) == edge.root()


def test_a_limited_batch_leaves_the_rest_waiting() -> None:
    for number in range(5):
        note(number)
    assert (place_pending(limit=3), place_pending(limit=3)) == (3, 2)
    assert list(AuditCheckpoint.objects.values_list("size", flat=True)) == [5, 3]


def test_every_entry_of_a_large_tree_has_a_proof_and_every_checkpoint_continues_the_one_before() -> None:
    made = log_of(200, 100, 230)
    for entry in (made[0], made[255], made[256], made[529]):
        proof = inclusion_proof(entry)
        assert proof is not None
        assert root_from_inclusion(proof.leaf, proof.index, proof.size, proof.path) == _root(530)
    assert AuditNode.objects.filter(level=8).count() == 2
    assert is_consistent(200, _root(200), 530, _root(530), consistency_proof(200, 530))


def test_an_entry_that_still_waits_has_no_proof() -> None:
    log_of(2)
    assert inclusion_proof(note(9)) is None


def test_a_forged_entry_is_refused_with_an_alarm_and_the_rest_is_placed() -> None:
    log_of(3)
    honest = AuditEntry.objects.filter(stream="case:0").latest("pk")
    forged = AuditEntry.objects.get(pk=honest.pk)
    forged.pk, forged.stream_seq, forged.mac = None, 99, bytes(32)
    forged.save(force_insert=True)
    other = note(1)
    assert place_pending() == 1
    assert AuditLeaf.objects.filter(entry_id=other.pk).exists()
    assert not AuditPending.objects.exists()
    assert AuditAlarm.objects.get().entry_id == forged.pk


def test_a_database_behind_its_anchor_signs_nothing() -> None:
    log_of(2)
    with transaction.atomic():
        log_of(2)
        transaction.set_rollback(True)
    note(7)
    with pytest.raises(RestoreNotDeclared, match="4 entries"):
        place_pending()


def test_the_signing_key_is_a_file_for_its_owner_alone(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.AUDIT_SIGNING_DIR = tmp_path / "keys"
    (signer,) = signers()
    path = settings.AUDIT_SIGNING_DIR / f"{signer.verifier.key_id.hex()}.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert verifiers() == [signer.verifier]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, so it needs no advisory lock")
@pytest.mark.django_db(transaction=True)
def test_a_second_sequencer_at_the_same_time_does_nothing() -> None:
    note(1)
    found: list[int] = []

    def second() -> None:
        found.append(place_pending())
        connection.close()

    with transaction.atomic():
        assert place_pending() == 1
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert found == [0]
    assert settings.AUDIT_ORIGIN in AuditCheckpoint.objects.get().note
