"""What a superuser of the database could do to the record: every way that is known, each as one function.

Each takes the ten entries of `log_of(6, 4)` and runs with the record's triggers off. `ATTACKS` says what a
verification must then tell; `{4}` stands for the id of entry 4.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connection

from audit.log.checkpoints import Checkpoint
from audit.log.leaves import chain_hash, leaf_hash
from audit.log.merkle import EMPTY_ROOT
from audit.log.notes import Signer, sign_note
from audit.models import (
    AuditAnchor,
    AuditCheckpoint,
    AuditEntry,
    AuditHead,
    AuditLeaf,
    AuditPending,
    AuditPlaced,
)
from audit.services import place_pending
from tests.audit.log_of import note

Attack = Callable[[list[AuditEntry]], None]


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def edit_body(made: list[AuditEntry]) -> None:
    sql(
        "UPDATE audit_entry SET body = %s WHERE id = %s",
        bytes(made[4].body).replace(b'"number":4', b'"number":5'),
        made[4].pk,
    )


def edit_body_and_leaf(made: list[AuditEntry]) -> None:
    body = bytes(made[4].body).replace(b'"number":4', b'"number":5')
    sql("UPDATE audit_entry SET body = %s, leaf = %s WHERE id = %s", body, leaf_hash(body), made[4].pk)
    sql("UPDATE audit_leaf SET leaf = %s WHERE entry_id = %s", leaf_hash(body), made[4].pk)


def edit_search_column(made: list[AuditEntry]) -> None:
    sql("UPDATE audit_entry SET actor_name = 'somebody else' WHERE id = %s", made[4].pk)


def delete_entry(made: list[AuditEntry]) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", made[4].pk)


def delete_and_close_the_gap(made: list[AuditEntry]) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", made[4].pk)
    sql("DELETE FROM audit_leaf WHERE entry_id = %s", made[4].pk)
    for seq in range(5, len(made)):
        sql("UPDATE audit_leaf SET seq = %s WHERE seq = %s", seq - 1, seq)


def delete_leaf(made: list[AuditEntry]) -> None:
    sql("DELETE FROM audit_leaf WHERE entry_id = %s", made[4].pk)


def swap_entries_of_two_cases(made: list[AuditEntry]) -> None:
    sql("UPDATE audit_leaf SET seq = 1000 WHERE seq = 4")
    sql("UPDATE audit_leaf SET seq = 4 WHERE seq = 5")
    sql("UPDATE audit_leaf SET seq = 5 WHERE seq = 1000")


def insert_beside_the_record(made: list[AuditEntry]) -> None:
    forged = AuditEntry.objects.get(pk=made[4].pk)
    forged.pk, forged.stream_seq = None, 99
    forged.save(force_insert=True)


def insert_for_the_sequencer(made: list[AuditEntry]) -> None:
    forged = AuditEntry.objects.get(pk=made[4].pk)
    forged.pk, forged.stream_seq, forged.object_id = None, 99, "forged"
    forged.save(force_insert=True)
    AuditPending.objects.create(pk=forged.pk)
    place_pending()


def delete_waiting(made: list[AuditEntry]) -> None:
    waiting = note(50)
    AuditPending.objects.create(pk=waiting.pk)
    sql("DELETE FROM audit_entry WHERE id = %s", waiting.pk)


def truncate_tail(made: list[AuditEntry]) -> None:
    sql("DELETE FROM audit_entry WHERE id >= %s", made[7].pk)


def truncate_tail_and_checkpoints(made: list[AuditEntry]) -> None:
    truncate_tail(made)
    sql("DELETE FROM audit_leaf WHERE seq >= 7")
    sql("DELETE FROM audit_checkpoint WHERE size > 6")


def roll_back_consistently(made: list[AuditEntry]) -> None:
    """What an older backup looks like: everything after the first batch is gone, every head fits."""
    for entry in made[6:]:
        sql("DELETE FROM audit_entry WHERE id = %s", entry.pk)
    sql("DELETE FROM audit_leaf WHERE seq >= 6")
    sql("DELETE FROM audit_checkpoint WHERE size > 6")
    sql("DELETE FROM audit_anchor WHERE size > 6")
    for stream in {entry.stream for entry in made}:
        last = [entry for entry in made[:6] if entry.stream == stream][-1]
        end = chain_hash(bytes(last.prev), bytes(last.body))
        for model in (AuditHead, AuditPlaced):
            model.objects.filter(pk=stream).update(seq=last.stream_seq, head=end)


def rewrite_everything_with_the_keys(made: list[AuditEntry]) -> None:
    """Holds the MAC key and the signing key, and the application's code: only the anchor can tell."""
    for model in (AuditLeaf, AuditCheckpoint, AuditPlaced, AuditAnchor, AuditHead, AuditPending, AuditEntry):
        sql(f"DELETE FROM {model._meta.db_table}")
    settings.AUDIT_ANCHOR_FILE, kept = settings.AUDIT_ANCHOR_FILE.with_suffix(".elsewhere"), settings.AUDIT_ANCHOR_FILE
    for number in range(20):
        AuditPending.objects.create(pk=note(number + 1).pk)
    place_pending()
    settings.AUDIT_ANCHOR_FILE = kept


def exchange_checkpoint(made: list[AuditEntry]) -> None:
    sql("UPDATE audit_checkpoint SET note = %s WHERE size = 6", AuditCheckpoint.objects.get(pk=10).note)


def sign_with_another_key(made: list[AuditEntry]) -> None:
    text = Checkpoint("probity.local/audit", 10, EMPTY_ROOT).as_text()
    sql(
        "UPDATE audit_checkpoint SET note = %s WHERE size = 10",
        sign_note(text, [Signer("probity.local/audit", bytes(32))]),
    )


def move_head(made: list[AuditEntry]) -> None:
    sql("UPDATE audit_head SET seq = seq + 1 WHERE stream = 'case:1'")


def edit_subtree(made: list[AuditEntry]) -> None:
    sql('INSERT INTO audit_node (level, "index", hash) VALUES (8, 0, %s)', bytes(32))
    sql("UPDATE audit_leaf SET leaf = %s WHERE seq = 2", bytes(32))


ATTACKS: list[tuple[Attack, str]] = [
    (edit_body, "entry {4}"), (edit_body_and_leaf, "entry {4}"), (edit_search_column, "actor_name"),
    (delete_entry, "entry {4} is gone"), (delete_and_close_the_gap, "case:1"), (delete_leaf, "places 4 to 4"),
    (swap_entries_of_two_cases, "root"), (insert_beside_the_record, "beside the record"),
    (insert_for_the_sequencer, "forged|column stream_seq|continue"), (delete_waiting, "waited to be placed and is gone"),
    (truncate_tail, "entry {7} is gone"), (truncate_tail_and_checkpoints, "truncated or rolled back"),
    (roll_back_consistently, "the anchor holds 10 entries"), (rewrite_everything_with_the_keys, "the anchor of 6 entries"),
    (exchange_checkpoint, "the checkpoint of 6"), (sign_with_another_key, "no known key"), (move_head, "its head says"),
    (edit_subtree, "entry {2}"),
]  # fmt: skip
