"""Assessment in the worker: findings, one open alert, nothing lost and nothing doubled."""

import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest

from audit.models import AuditEntry
from core.clock import now
from core.exceptions import InvalidInput
from monitoring.enums import ScenarioState
from monitoring.exceptions import NoScenarioCanJudge
from monitoring.judges import asked, judges
from monitoring.models import Alert, Finding, PendingAssessment, ScenarioVersion
from monitoring.services import assess_pending, dispose_alert, pending_customers, publish_scenario
from monitoring.signals import alerts_raised
from monitoring.steps import ScoreTransactions
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, make_alert, make_definition, make_scenario, make_transaction
from workflows.engine.registry import StepContext

pytestmark = pytest.mark.django_db


def _context(customer) -> StepContext:
    return StepContext(
        run_id=uuid4(), step_id=uuid4(), step_name="Scoring", attempt=1, subject_type="case", subject_id=uuid4(),
        inputs={"customer_id": str(customer.pk)}, parameters={}, outputs={}, stream="case:1", by=SYSTEM,
    )  # fmt: skip


def test_assessment_firing_raises_an_alert_with_sentence_and_record():
    alert = make_alert(amount="20.00")
    (finding,) = alert.findings.all()
    assert finding.sentence == "A payment of 20.00 EUR with a counterparty in KP, which the FATF lists."
    assert AuditEntry.objects.filter(action="monitoring.alert_raised", object_id=str(alert.pk)).exists()
    assert not PendingAssessment.objects.exists()


def test_assessment_second_firing_joins_the_open_alert():
    alert = make_alert()
    make_transaction(alert.customer, counterparty_country="KP")
    assess_pending(alert.customer_id)
    assert (Alert.objects.count(), alert.findings.count()) == (1, 2)


def test_assessment_firing_after_a_decision_raises_a_new_alert():
    alert = make_alert()
    dispose_alert(
        alert_id=alert.pk, disposition="explained", reason_code="usual_business", rationale="known to us",
        by=make_person().actor,
    )  # fmt: skip
    make_transaction(alert.customer, counterparty_country="KP")
    assess_pending(alert.customer_id)
    assert Alert.objects.count() == 2


def test_assessment_repeated_stores_nothing_twice():
    alert = make_alert()
    PendingAssessment.objects.create(customer=alert.customer, since=now() - timedelta(days=9), run_at=now())
    assess_pending(alert.customer_id)
    assert Finding.objects.count() == 1


def test_assessment_new_version_does_not_find_the_old_again():
    alert = make_alert()
    publish_scenario(definition=make_definition("high_risk_geography"), by=SYSTEM)
    PendingAssessment.objects.create(customer=alert.customer, since=now() - timedelta(days=9), run_at=now())
    assess_pending(alert.customer_id)
    assert Finding.objects.count() == 1


def test_assessment_late_transaction_lets_a_later_one_fire():
    make_scenario()
    customer = make_customer()
    for day in (4, 0.1):
        make_transaction(customer, amount="9400", booked_at=(now() - timedelta(days=day)).isoformat())
    assess_pending(customer.pk)
    assert not Finding.objects.exists()
    make_transaction(customer, amount="9400", booked_at=(now() - timedelta(days=2)).isoformat())
    assess_pending(customer.pk)
    assert Alert.objects.get().scenario.code == "structuring"


def test_assessment_silence_longer_than_what_is_kept_is_measured():
    make_scenario()
    customer = make_customer()
    make_transaction(customer, booked_at=(now() - timedelta(days=900)).isoformat())
    make_transaction(customer, amount="5000")
    PendingAssessment.objects.filter(since__lt=now() - timedelta(days=1)).delete()
    assess_pending(customer.pk)
    assert "after 900 days" in Finding.objects.get().sentence


def test_assessment_that_fails_is_due_again_later(monkeypatch):
    make_scenario()
    transaction = make_transaction()
    ScenarioVersion.objects.update(definition={})
    with pytest.raises(NoScenarioCanJudge):
        assess_pending(transaction.customer_id)
    assert pending_customers(10) == []
    pending = PendingAssessment.objects.get()
    assert pending.attempts == 1
    assert pending.run_at > now()


def test_assessment_with_a_scenario_that_cannot_be_read_goes_on_by_the_others():
    make_scenario()
    ScenarioVersion.objects.filter(scenario__code="velocity").update(definition={})
    assess_pending(make_transaction(counterparty_country="KP").customer_id)
    assert Alert.objects.get().scenario.code == "high_risk_geography"
    assert not PendingAssessment.objects.exists()


def test_rule_that_fails_on_the_rows_is_left_out_from_then_on():
    make_scenario()

    def ask(some):
        if "velocity" in {version.scenario.code for version in some.versions}:
            raise ArithmeticError("such as a rule may raise")
        return {version.pk: [] for version in some.versions}

    those, found = asked(judges(), ask)
    assert len(found) == len(judges().versions) == len(those.versions)
    assert "velocity" not in {version.scenario.code for version in judges().versions}


def test_failure_that_is_no_rules_fault_leaves_none_out():
    make_scenario()

    def ask(some):
        raise ArithmeticError("whoever asks")

    before = judges()
    with pytest.raises(ArithmeticError):
        asked(before, ask)
    assert judges() is before


def test_version_another_process_retires_judges_no_more():
    alert = make_alert()
    ScenarioVersion.objects.filter(scenario=alert.scenario).update(state=ScenarioState.RETIRED)
    assess_pending(make_transaction(counterparty_country="KP").customer_id)
    assert Finding.objects.count() == 1


def test_assessment_taken_by_another_worker_is_left_alone():
    transaction = make_transaction()
    PendingAssessment.objects.update(run_at=now() + timedelta(minutes=2))
    assess_pending(transaction.customer_id)
    assert PendingAssessment.objects.exists()


def test_assessment_each_waiting_customer_is_due_once():
    customer = make_customer()
    make_transaction(customer)
    make_transaction(customer)
    assert list(pending_customers(10)) == [customer.pk]


def test_alerts_of_a_batch_are_told_of_together():
    make_scenario()
    customers = [make_customer() for _ in range(3)]
    for customer in customers:
        make_transaction(customer, counterparty_country="KP")
    told = []
    alerts_raised.connect(lambda **kwargs: told.append(kwargs["alert_ids"]), weak=False, dispatch_uid="t")
    try:
        assess_pending(customers[0].pk)
    finally:
        alerts_raised.disconnect(dispatch_uid="t")
    assert [set(ids) for ids in told] == [set(Alert.objects.values_list("pk", flat=True))]
    assert Alert.objects.count() == len(customers)


def test_step_assesses_what_is_pending_and_puts_out_counts():
    make_scenario()
    customer = make_customer()
    make_transaction(customer, counterparty_country="KP")
    action, context = ScoreTransactions(), _context(customer)
    outcome = action.commit(context, action.work(context))
    assert outcome.output == {
        "findings": 1, "open_alerts": 1, "transactions": 1, "insufficient_history": ["velocity"],
    }  # fmt: skip


def test_step_work_alone_writes_nothing():
    make_scenario()
    customer = make_customer()
    make_transaction(customer, counterparty_country="KP")
    ScoreTransactions().work(_context(customer))
    assert not Finding.objects.exists()
    assert PendingAssessment.objects.exists()


def test_scenario_with_broken_rule_is_not_published():
    broken = make_definition("structuring", rule={"compare": ["amont", ">", 5]})
    with pytest.raises(InvalidInput) as caught:
        publish_scenario(definition=broken, by=SYSTEM)
    assert caught.value.faults[0].pointer == "/rule/compare/0"


def test_scenario_published_again_has_one_live_version():
    scenario = make_scenario("structuring")
    publish_scenario(definition=make_definition("structuring"), by=SYSTEM)
    assert list(scenario.versions.values_list("number", "state")) == [(2, "live"), (1, "retired")]


def test_web_process_starts_without_polars():
    code = "import django, sys; django.setup(); import compliance_site.urls; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
