"""Appending to the record, and the database's refusal to change it."""

import hashlib
import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from audit.actions import define, sentence_for
from audit.log.leaves import chain_hash, entry_mac, leaf_hash
from audit.models import AuditEntry, AuditHead, AuditPending, SubjectKey
from audit.sealing import unseal
from audit.selectors import rows_from
from audit.services import Happening, place_pending, record, record_many, verify_record
from core.actor import system_actor
from core.context import request_scope

TRIED = define("tests.tried", "tried {after[thing]}")
BY = system_actor("tests")


def _append(**more: object) -> AuditEntry:
    values = {"by": BY, "object_type": "thing", "object_id": 7, "after": {"thing": "it"}}
    with transaction.atomic():
        return record(TRIED, **(values | more))


@pytest.mark.django_db
def test_record_appends_a_chained_hashed_and_macced_entry() -> None:
    first, second = _append(), _append()
    assert bytes(second.prev) == chain_hash(bytes(32), bytes(first.body))
    assert bytes(second.leaf) == leaf_hash(bytes(second.body))
    assert bytes(second.mac) == entry_mac(settings.AUDIT_MAC_KEYS[1].encode(), bytes(second.body))
    assert bytes(AuditHead.objects.get(pk="thing:7").head) == chain_hash(bytes(second.prev), bytes(second.body))


@pytest.mark.django_db
def test_record_lists_the_entry_as_pending() -> None:
    entry = _append()
    assert AuditPending.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db
def test_search_columns_are_derivable_from_the_body() -> None:
    with request_scope("request-0001"):
        entry = AuditEntry.objects.get(pk=_append(stream="case:1").pk)
    body = json.loads(bytes(entry.body))
    assert (body["action"], body["actor"]["id"], body["object"]["id"]) == (
        entry.action,
        entry.actor_id,
        entry.object_id,
    )
    assert (body["seq"], body["stream"], body["request_id"]) == (entry.stream_seq, "case:1", "request-0001")


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        record(TRIED, by=BY, object_type="thing", object_id=1)


@pytest.mark.django_db
def test_many_entries_at_once_are_what_one_after_the_other_would_be() -> None:
    _append(stream="case:1")
    happenings = [
        Happening(
            action=TRIED, object_type="thing", object_id=number, stream=f"case:{number % 2}", after={"thing": "x"}
        )
        for number in range(5)
    ]
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        made = record_many(by=BY, happenings=happenings)
    assert len(asked) <= 6
    assert [(one.stream, one.stream_seq) for one in made] == [
        ("case:0", 1), ("case:1", 2), ("case:0", 2), ("case:1", 3), ("case:0", 3),
    ]  # fmt: skip
    assert [one.pk for one in made] == sorted(one.pk for one in made)
    place_pending()
    assert (verify_record().faults, verify_record().entries) == ([], 6)


@pytest.mark.django_db(transaction=True)
def test_many_entries_outside_a_transaction_are_refused() -> None:
    with pytest.raises(TransactionManagementError):
        record_many(by=BY, happenings=[Happening(action=TRIED, object_type="thing", object_id=1)])


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(statement: str) -> None:
    _append()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE exists on SQLite alone")
def test_insert_or_replace_does_not_pass_the_triggers() -> None:
    _append()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE exists on PostgreSQL alone")
def test_truncate_does_not_pass_the_triggers() -> None:
    _append()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE audit_entry")


@pytest.mark.django_db
def test_personal_data_is_ciphertext_in_the_body_and_readable_with_the_key() -> None:
    subject = uuid4()
    entry = _append(personal={"name": "Zoë Marker"}, subject_id=subject)
    assert b"Marker" not in bytes(entry.body)
    assert unseal(subject, json.loads(entry.body)["personal"]) == {"name": "Zoë Marker"}


@pytest.mark.django_db
def test_personal_data_after_its_key_is_destroyed_is_gone_and_the_hash_still_proves() -> None:
    subject = uuid4()
    entry = _append(personal={"name": "Zoë Marker"}, subject_id=subject)
    SubjectKey.objects.filter(pk=subject).update(wrapped=None)
    assert "destroyed" in rows_from([entry], with_personal=True)[0].personal[0][1]
    assert hashlib.sha256(b"\x00" + bytes(entry.body)).digest() == bytes(entry.leaf)


@pytest.mark.django_db
def test_personal_data_without_a_subject_is_refused() -> None:
    with pytest.raises(ValueError, match="data subject"):
        _append(personal={"name": "x"})


def test_sentence_for_an_entry_lacking_a_value_shows_a_dash() -> None:
    assert sentence_for("tests.tried", {"after": {}}) == "tried –"


def test_an_action_defined_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="defined twice"):
        define("tests.tried", "again")
