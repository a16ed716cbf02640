"""Snapshots beside the database: the frame they give is that of the database, whatever happens to their files."""

from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from django.core.management import CommandError, call_command

from core.clock import now
from monitoring.domains.finance import FINANCE
from monitoring.models import Transaction
from monitoring.rules.evaluator import in_order
from monitoring.snapshots.manifest import age_of, read_manifest
from monitoring.snapshots.reading import history_frame
from monitoring.snapshots.sources import folder_of, source_of
from monitoring.snapshots.writing import differing_months, rebuild_snapshot, update_snapshot
from monitoring.stored import frame_of_rows
from monitoring.tasks import EVERY_SECONDS, due_snapshots, update_snapshots
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_transaction

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DAYS = (70, 40, 39, 2)


@pytest.fixture(autouse=True)
def _own_folder(own_data_folder):
    """Snapshots are written."""


@pytest.fixture
def customer():
    made = make_customer()
    for number, day in enumerate(DAYS):
        make_transaction(made, booked_at=(now() - timedelta(days=day)).isoformat(), amount=f"{100 + number}.25")
    return made


def _database():
    source = source_of("finance")
    rows = list(Transaction.objects.values_list(*source.columns.values()))
    return in_order(frame_of_rows(FINANCE, list(source.columns), rows), FINANCE)


def _settled():
    """A moment after which every id is higher than those of now: ids count milliseconds."""
    sleep(0.003)
    return now() - timedelta(milliseconds=1)


def _updated():
    return update_snapshot("finance", until=_settled())


def test_frame_from_snapshot_equals_frame_from_database(customer, django_assert_num_queries):
    manifest = _updated()
    assert manifest.rows == len(DAYS)
    assert len(manifest.months) >= 2
    with django_assert_num_queries(2):  # what is newer than the snapshot, and which months are archived: nothing
        found = history_frame("finance", LONG_AGO)
    assert found.equals(_database())


def test_frame_has_rows_that_the_snapshot_does_not_have_yet(customer):
    _updated()
    make_transaction(make_customer(), reference="newer")
    found = history_frame("finance", LONG_AGO)
    assert found.equals(_database())
    assert "newer" in found["reference"].to_list()


def test_frame_is_cut_to_the_span_and_the_fields_asked_for(customer):
    _updated()
    found = history_frame("finance", now() - timedelta(days=45), now() - timedelta(days=30), fields=["amount"])
    assert found["amount"].to_list() == [101.25, 102.25]
    assert found["direction"].null_count() == len(found)


def test_update_writes_only_months_with_new_rows(customer):
    before = _updated().months
    make_transaction(customer, booked_at=(now() - timedelta(days=70)).isoformat())
    after = _updated().months
    changed = [month for month in after if after[month] != before[month]]
    assert len(changed) == 1
    assert _updated().months == after


def test_frame_of_a_damaged_or_missing_file_comes_from_the_database(customer):
    first, second, *_ = (folder_of("finance") / part.file for part in _updated().months.values())
    first.write_bytes(b"PAR1")
    second.unlink()
    assert history_frame("finance", LONG_AGO).equals(_database())
    assert len(differing_months("finance")) == 2
    with pytest.raises(CommandError, match="differ from the database"):
        call_command("rebuild_snapshots", check=True)


def test_months_that_lost_rows_are_written_anew_when_compared(customer, monkeypatch):
    _updated()
    Transaction.objects.filter(base_amount="100.25").delete()
    monkeypatch.setattr("monitoring.snapshots.writing.COMPARED_EVERY", -1.0)
    assert _updated().rows == len(DAYS) - 1
    assert history_frame("finance", LONG_AGO).equals(_database())
    assert differing_months("finance") == []


def test_files_are_for_the_owner_alone(customer):
    _updated()
    assert {path.stat().st_mode & 0o777 for path in folder_of("finance").iterdir()} == {0o600}
    assert folder_of("finance").stat().st_mode & 0o777 == 0o700


def test_rebuild_command_writes_what_is_settled(customer, capsys):
    call_command("rebuild_snapshots")
    assert "0 rows in 0 months" in capsys.readouterr().out  # all of it is younger than a quarter of an hour
    assert rebuild_snapshot("finance", until=_settled()).rows == len(DAYS)


def test_snapshot_is_due_when_it_is_old(customer):
    due = due_snapshots(1)
    assert len(due) == 1
    update_snapshots(due[0])
    assert due_snapshots(1) == []
    assert age_of(folder_of("finance")) < EVERY_SECONDS
    assert read_manifest(folder_of("finance"), ["other"]).months == {}
