"""What a superuser of the database could do to the record: every way that is known, each as one function.

Each takes the database's door (anything with `vendor` and `cursor()`: Django's connection, or one past the product) and
the ten entries of `log_of(6, 4)`, and runs with the record's triggers off. `ATTACKS` says what a verification must then
tell; `{4}` stands for the id of entry 4.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.conf import settings

from audit.log.checkpoints import Checkpoint
from audit.log.leaves import chain_hash, leaf_hash
from audit.log.merkle import EMPTY_ROOT
from audit.log.notes import Signer, sign_note
from audit.models import AuditCheckpoint, AuditEntry
from audit.services import place_pending
from bench.tampering.log_of import note


class Door(Protocol):
    """A way into the database."""

    @property
    def vendor(self) -> str: ...

    def cursor(self) -> AbstractContextManager[Any]: ...


Attack = Callable[[Door, list[AuditEntry]], None]
_ALL = ("audit_leaf", "audit_checkpoint", "audit_placed", "audit_anchor", "audit_head", "audit_pending", "audit_entry")


def sql(door: Door, statement: str, *values: object) -> None:
    with door.cursor() as cursor:
        cursor.execute(statement, values)


def _copied(door: Door, entry: AuditEntry, **other: object) -> None:
    """The entry once more, with other values in some columns."""
    columns = [field.column for field in AuditEntry._meta.concrete_fields if not field.primary_key]
    wanted = [name if name not in other else "%s" for name in columns]
    values = [other[name] for name in columns if name in other]
    sql(door, f"INSERT INTO audit_entry ({', '.join(columns)}) SELECT {', '.join(wanted)} FROM audit_entry WHERE id = %s",
        *values, entry.pk)  # fmt: skip


def edit_body(door: Door, made: list[AuditEntry]) -> None:
    sql(
        door,
        "UPDATE audit_entry SET body = %s WHERE id = %s",
        bytes(made[4].body).replace(b'"number":4', b'"number":5'),
        made[4].pk,
    )


def edit_body_and_leaf(door: Door, made: list[AuditEntry]) -> None:
    body = bytes(made[4].body).replace(b'"number":4', b'"number":5')
    sql(door, "UPDATE audit_entry SET body = %s, leaf = %s WHERE id = %s", body, leaf_hash(body), made[4].pk)
    sql(door, "UPDATE audit_leaf SET leaf = %s WHERE entry_id = %s", leaf_hash(body), made[4].pk)


def edit_search_column(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "UPDATE audit_entry SET actor_name = 'somebody else' WHERE id = %s", made[4].pk)


def delete_entry(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "DELETE FROM audit_entry WHERE id = %s", made[4].pk)


def delete_and_close_the_gap(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "DELETE FROM audit_entry WHERE id = %s", made[4].pk)
    sql(door, "DELETE FROM audit_leaf WHERE entry_id = %s", made[4].pk)
    for seq in range(5, len(made)):
        sql(door, "UPDATE audit_leaf SET seq = %s WHERE seq = %s", seq - 1, seq)


def delete_leaf(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "DELETE FROM audit_leaf WHERE entry_id = %s", made[4].pk)


def swap_entries_of_two_cases(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "UPDATE audit_leaf SET seq = 1000 WHERE seq = 4")
    sql(door, "UPDATE audit_leaf SET seq = 4 WHERE seq = 5")
    sql(door, "UPDATE audit_leaf SET seq = 5 WHERE seq = 1000")


def insert_beside_the_record(door: Door, made: list[AuditEntry]) -> None:
    _copied(door, made[4], stream_seq=99)


def insert_for_the_sequencer(door: Door, made: list[AuditEntry]) -> None:
    _copied(door, made[4], stream_seq=99, object_id="forged")
    sql(door, "INSERT INTO audit_pending (entry_id) SELECT max(id) FROM audit_entry")
    place_pending()


def delete_waiting(door: Door, made: list[AuditEntry]) -> None:
    waiting = note(50)
    sql(door, "INSERT INTO audit_pending (entry_id) VALUES (%s)", waiting.pk)
    sql(door, "DELETE FROM audit_entry WHERE id = %s", waiting.pk)


def truncate_tail(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "DELETE FROM audit_entry WHERE id >= %s", made[7].pk)


def truncate_tail_and_checkpoints(door: Door, made: list[AuditEntry]) -> None:
    truncate_tail(door, made)
    sql(door, "DELETE FROM audit_leaf WHERE seq >= 7")
    sql(door, "DELETE FROM audit_checkpoint WHERE size > 6")


def roll_back_consistently(door: Door, made: list[AuditEntry]) -> None:
    """What an older backup looks like: everything after the first batch is gone, every head fits."""
    for entry in made[6:]:
        sql(door, "DELETE FROM audit_entry WHERE id = %s", entry.pk)
    sql(door, "DELETE FROM audit_leaf WHERE seq >= 6")
    sql(door, "DELETE FROM audit_checkpoint WHERE size > 6")
    sql(door, "DELETE FROM audit_anchor WHERE size > 6")
    for stream in {entry.stream for entry in made}:
        last = [entry for entry in made[:6] if entry.stream == stream][-1]
        end = chain_hash(bytes(last.prev), bytes(last.body))
        for table in ("audit_head", "audit_placed"):
            sql(door, f"UPDATE {table} SET seq = %s, head = %s WHERE stream = %s", last.stream_seq, end, stream)


def rewrite_everything_with_the_keys(door: Door, made: list[AuditEntry]) -> None:
    """Holds the MAC key and the signing key, and the application's code: only the anchor can tell."""
    for table in _ALL:
        sql(door, f"DELETE FROM {table}")
    settings.AUDIT_ANCHOR_FILE, kept = settings.AUDIT_ANCHOR_FILE.with_suffix(".elsewhere"), settings.AUDIT_ANCHOR_FILE
    for number in range(20):
        sql(door, "INSERT INTO audit_pending (entry_id) VALUES (%s)", note(number + 1).pk)
    place_pending()
    settings.AUDIT_ANCHOR_FILE = kept


def exchange_checkpoint(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "UPDATE audit_checkpoint SET note = %s WHERE size = 6", AuditCheckpoint.objects.get(pk=10).note)


def sign_with_another_key(door: Door, made: list[AuditEntry]) -> None:
    text = Checkpoint("probity.local/audit", 10, EMPTY_ROOT).as_text()
    sql(
        door,
        "UPDATE audit_checkpoint SET note = %s WHERE size = 10",
        sign_note(text, [Signer("probity.local/audit", bytes(32))]),
    )


def move_head(door: Door, made: list[AuditEntry]) -> None:
    sql(door, "UPDATE audit_head SET seq = seq + 1 WHERE stream = 'case:1'")


def edit_subtree(door: Door, made: list[AuditEntry]) -> None:
    sql(door, 'INSERT INTO audit_node (level, "index", hash) VALUES (8, 0, %s)', bytes(32))
    sql(door, "UPDATE audit_leaf SET leaf = %s WHERE seq = 2", bytes(32))


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
