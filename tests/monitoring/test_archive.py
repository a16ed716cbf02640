"""The archive of old months: what leaves the database, what stays, what comes back, and who is erased in it."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.clock import now
from core.envelope import CannotOpen
from core.exceptions import InvalidInput
from core.sealed import move_all, things_by_key
from customers.models import Customer
from monitoring.archive import files
from monitoring.archive_works import archive_old_months
from monitoring.domains.finance import FINANCE
from monitoring.holding import _give
from monitoring.models import ArchivedMonth, ArchivedShare, PendingAssessment, Transaction
from monitoring.selectors import (
    LEAST_MONTHS,
    archive_policy,
    archived_before,
    archived_of,
    monitoring_summary,
    own_rows,
)
from monitoring.services import bring_back, ingest_transactions, publish_archive_policy
from monitoring.services.forgetting import forget_transactions
from monitoring.snapshots.reading import history_frame
from monitoring.warm.frame import LOOKED_AT
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, make_alert, make_row
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db
MONTHS = range(20, 40)  # ago; of those the policy keeps 26


@pytest.fixture(autouse=True)
def _own_folder(own_data_folder):
    """Files are written."""


def _deliver(customer: Customer, **fields: object) -> None:
    """Two transactions a month, of the 10th, from 39 to 20 months ago."""
    rows = [
        make_row(customer, booked_at=(_tenth(ago) + timedelta(hours=hour)).isoformat(), amount="10.25", **fields)
        for ago in MONTHS for hour in (1, 2)
    ]  # fmt: skip
    ingest_transactions(rows=rows, source="test", by=customer.registered_by_client.actor)
    PendingAssessment.objects.all().delete()


def _tenth(ago: int) -> datetime:
    return datetime(now().year, now().month, 10, tzinfo=UTC) - relativedelta(months=ago)


def _month(ago: int) -> str:
    return f"{_tenth(ago):%Y-%m}"


@pytest.fixture
def customer():
    made = make_customer()
    _deliver(made, account="A-1")
    publish_archive_policy(months=LEAST_MONTHS, by=SYSTEM)
    return made


def _everything():
    return sorted(Transaction.objects.values_list(), key=str)


def test_old_months_leave_and_come_back_as_they_were(customer, django_capture_on_commit_callbacks):
    before = _everything()
    assert archive_old_months() == 26 - 2  # the first stays, and the last before those at hand
    assert Transaction.objects.count() == 14 + 2
    assert archive_old_months() == 0
    row = ArchivedMonth.objects.get(month=_month(30))
    assert (row.rows, row.kept, row.size) == (2, 0, files.size_of(row.file))
    with django_capture_on_commit_callbacks(execute=True):
        for item in ArchivedMonth.objects.exclude(file=""):
            bring_back(month=item.month, by=SYSTEM)
    assert _everything() == before
    assert list(files.folder().glob("*.sealed")) == []
    assert archive_old_months() == 0  # what was brought back stays for a while


def test_what_is_archived_is_sealed_proved_and_on_the_record(customer):
    archive_old_months()
    row = ArchivedMonth.objects.get(month=_month(30))
    assert b"PAR1" not in (files.folder() / row.file).read_bytes()
    told = AuditEntry.objects.filter(action="monitoring.month_archived", object_id=str(row.pk)).get()
    assert row.sha256 in bytes(told.body).decode()
    call_command("archive_transactions", "--check")
    (files.folder() / row.file).write_bytes(b"something else")
    with pytest.raises(CannotOpen):
        files.get(row.file, row.sha256)
    with pytest.raises(CommandError, match=row.month):
        call_command("archive_transactions", "--check")


def test_files_move_to_a_new_key(customer, settings):
    archive_old_months()
    settings.DOCUMENT_KEYS = {"new": "another secret", **settings.DOCUMENT_KEYS}
    assert move_all()["archived months"] == 13
    assert things_by_key()["new"]["archived months"] == 13
    call_command("archive_transactions", "--check")


def test_what_rules_and_findings_need_stays(customer):
    alert = make_alert(make_customer(), booked_at=_tenth(30).isoformat())
    assert alert.findings.exists()
    far = now() - timedelta(days=LOOKED_AT)
    columns = ["id", "customer_id", "booked_at"]
    needed = set(own_rows({customer.pk: far}, columns))
    archive_old_months()
    assert set(own_rows({customer.pk: far}, columns)) == needed
    assert alert.findings.get().transaction.booked_at == _tenth(30)


def test_nothing_leaves_while_something_old_waits_to_be_assessed(customer):
    PendingAssessment.objects.create(customer=customer, since=_tenth(30), run_at=now())
    assert archive_old_months() == 0


def test_backtests_and_the_sums_of_a_customer_do_not_change(customer):
    frame, summary = history_frame(FINANCE.code, _tenth(45)), monitoring_summary(customer)
    archive_old_months()
    assert history_frame(FINANCE.code, _tenth(45)).equals(frame)
    assert monitoring_summary(customer) == summary
    assert archived_of(customer.pk).came_in == 24 * Decimal("10.25")


def test_the_least_number_of_months_covers_a_backtest_and_every_window():
    publish_archive_policy(months=LEAST_MONTHS, by=SYSTEM)
    assert archived_before(archive_policy()) <= now() - timedelta(days=LOOKED_AT + FINANCE.kept_days)
    with pytest.raises(InvalidInput):
        publish_archive_policy(months=LEAST_MONTHS - 1, by=SYSTEM)


def test_erasing_reaches_the_archive_and_nobody_else_in_it(customer, django_capture_on_commit_callbacks):
    other = make_customer()
    _deliver(other, account="B-1", counterparty_name="Kept")
    archive_old_months()
    former = set(files.folder().iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_transactions(customer.pk)["transactions"] == 40
    assert not ArchivedShare.objects.filter(customer=customer).exists()
    assert not former & set(files.folder().iterdir())
    assert _give(customer.pk) == {"transactions": []}
    assert len(_give(other.pk)["transactions"]) == 40
    bring_back(month=_month(30), by=SYSTEM)
    assert Transaction.objects.filter(booked_at__month=_tenth(30).month, booked_at__year=_tenth(30).year).count() == 2


def test_a_file_whose_transaction_never_ended_is_removed(customer):
    left = files.put("2019-01", b"left behind")
    os.utime(files.folder() / left, (0, 0))
    archive_old_months()
    assert not [path for path in files.folder().iterdir() if path.name.startswith("2019")]


def test_a_delivery_that_needs_what_is_archived_is_refused_and_says_so(customer):
    archive_old_months()
    late = make_row(customer, external_id="late", booked_at=_tenth(30).isoformat())
    newcomer = make_row(make_customer(client=customer.registered_by_client), booked_at=_tenth(30).isoformat())
    told = ingest_transactions(rows=[late, newcomer], source="test", by=customer.registered_by_client.actor)
    assert (told.accepted, told.rejected_count) == (1, 1)
    assert "archive" in told.rejected[0].faults[0].message


def test_an_administrator_sees_the_months_and_has_one_brought_back(customer, client):
    client.force_login(make_person(Role.ADMINISTRATOR))
    assert client.get(reverse("monitoring:archive_list")).status_code == 200  # months of which nothing is archived yet
    archive_old_months()
    page = client.get(reverse("monitoring:archive_list")).content.decode()
    assert ArchivedMonth.objects.get(month=_month(30)).file in page
    assert client.post(reverse("monitoring:archive_list"), {"months": "3"}).status_code == 422
    client.post(reverse("monitoring:archive_list"), {"months": "36"})
    assert archive_policy().months == 36
    assert client.post(reverse("monitoring:archive_bring_back"), {"month": "1999-01"}).status_code == 404
    client.post(reverse("monitoring:archive_bring_back"), {"month": _month(30)})
    run_work(LongWork.objects.get().pk)
    assert LongWork.objects.get().result == {"rows": 2}
    assert len(history_frame(FINANCE.code, _tenth(45))) == 40


def test_the_page_of_a_customer_says_what_is_not_on_it(customer, client):
    archive_old_months()
    client.force_login(make_person())
    page = client.get(reverse("monitoring:transaction_panel", args=[customer.pk])).content.decode()
    assert "In the archive, not below: 24" in page
