"""A file is assessed as a whole, with what assessing customer by customer finds; a broken-off one is left to the queue."""

from datetime import timedelta

import pytest

from core.clock import now
from monitoring.models import Alert, FileImport, Finding, Ingest, PendingAssessment, QuietFinding, Transaction
from monitoring.services import (
    assess_delivery,
    assess_pending,
    dispose_alert,
    queue_delivery,
    settle_left_imports,
    snooze_alerts,
)
from monitoring.works import run_import
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, make_scenario, make_transaction
from workflows.engine.long_work import WorkContext
from workflows.services import start_work

pytestmark = pytest.mark.django_db


def _ago(days: float) -> str:
    return (now() - timedelta(days=days)).isoformat()


def _lives() -> list:
    """Customers of whom some are structuring, some pay to listed countries, one was silent for years."""
    customers = [make_customer() for _ in range(4)]
    for number, customer in enumerate(customers):
        make_transaction(customer, booked_at=_ago(900), amount="10")
        for day in range(number * 2):
            make_transaction(customer, amount="9400", booked_at=_ago(day + 0.5))
        make_transaction(customer, amount="5000", counterparty_country="KP" if number % 2 else "DE")
    return customers


def _assess_wholly() -> int:
    """Everything that waits, as if one file had brought it."""
    PendingAssessment.objects.all().delete()
    whole = Ingest.objects.create(source="file", delivered_by="x")
    Transaction.objects.update(ingest=whole)
    return assess_delivery(ingest=whole, by=SYSTEM, on_progress=lambda done, total: None)


def _told() -> tuple[list, list]:
    names = ("alert__customer", "version__scenario__code", "transaction", "sentence", "trace")
    alerts = ("customer", "scenario__code", "severity", "told_amount", "times_told", "state")
    return (
        sorted(Finding.objects.order_by().values_list(*names), key=str),
        sorted(Alert.objects.order_by().values_list(*alerts), key=str),
    )


def _forget() -> None:
    Finding.objects.all().delete()
    Alert.objects.all().delete()


def test_whole_file_gives_the_findings_and_alerts_of_one_customer_after_the_other():
    make_scenario()
    customers = _lives()
    for customer in customers:
        assess_pending(customer.pk)
    one_by_one = _told()
    assert len({code for _, code, *_ in one_by_one[0]}) >= 2
    _forget()
    assert _assess_wholly() == len(one_by_one[0])
    assert _told() == one_by_one
    assert _assess_wholly() == 0
    assert _told() == one_by_one


def test_whole_file_respects_shadow_snooze_and_decisions():
    make_scenario("high_risk_geography")
    snoozed, decided = make_customer(), make_customer()
    officer = make_person().actor
    for customer in (snoozed, decided):
        make_transaction(customer, counterparty_country="KP")
        assess_pending(customer.pk)
    snooze_alerts(
        alert_id=snoozed.alerts.get().pk, until=(now() + timedelta(days=9)).date(), reason="known", by=officer
    )
    for customer in (snoozed, decided):
        dispose_alert(
            alert_id=customer.alerts.get().pk, disposition="explained", reason_code="usual_business",
            rationale="known to us", by=officer,
        )  # fmt: skip
        make_transaction(customer, counterparty_country="KP")
    assert _assess_wholly() == 1
    assert (snoozed.alerts.count(), decided.alerts.count(), QuietFinding.objects.get().why) == (1, 2, "snoozed")


def test_file_that_breaks_off_leaves_its_rows_to_the_queue(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    make_scenario()
    made = make_transaction()
    PendingAssessment.objects.all().delete()
    queue_delivery(ingest=made.ingest, by=SYSTEM)
    assert PendingAssessment.objects.get().since == made.booked_at


class _Reports:
    def report(self, done, total=None, stage=""):
        """Nobody looks."""


def test_import_taken_up_again_after_a_kill_queues_what_the_first_try_stored(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    person = make_person()
    made = make_transaction()
    PendingAssessment.objects.all().delete()
    (tmp_path / "upload").write_text("external_id,customer_external_id,amount\n")
    item = FileImport.objects.create(
        file_name="t.csv", size=1, path="upload", format="csv", target="transactions", state="running",
        ingest=made.ingest, uploaded_by=person, mapping=None,
    )  # fmt: skip
    context = WorkContext(item.pk, {"import_id": str(item.pk)}, tmp_path, person.actor)
    run_import(context, _Reports())
    assert PendingAssessment.objects.filter(customer=made.customer).exists()


def test_import_whose_work_has_ended_is_left_to_the_queue_later(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    made, other = make_transaction(), make_transaction()
    PendingAssessment.objects.all().delete()
    under_way = start_work(kind="file import", title="t.csv", by=make_person().actor)
    for row, work_id in ((made, None), (other, under_way.pk)):
        FileImport.objects.create(
            file_name="t.csv", size=1, path="upload", format="csv", target="transactions", state="running",
            ingest=row.ingest, uploaded_by=make_person(), work_id=work_id,
        )  # fmt: skip
    settle_left_imports()
    settle_left_imports()
    assert [row.customer_id for row in PendingAssessment.objects.all()] == [made.customer_id]
    assert FileImport.objects.get(ingest=made.ingest).state == "dropped"
