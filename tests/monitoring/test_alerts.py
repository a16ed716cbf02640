"""A person's decision on an alert."""

import pytest
from django.db import IntegrityError, transaction

from accounts.exceptions import NotAPerson
from audit.models import AuditEntry
from core.exceptions import InvalidInput
from monitoring.exceptions import AlertDecidedAlready
from monitoring.models import Alert
from monitoring.services import dispose_alert
from tests.factories.accounts import make_person
from tests.factories.monitoring import SYSTEM, make_alert

pytestmark = pytest.mark.django_db


def _dispose(alert, by=None, rationale="documents seen"):
    return dispose_alert(
        alert_id=alert.pk, disposition="explained", reason_code="source_documented", rationale=rationale,
        by=by or make_person().actor,
    )  # fmt: skip


def test_alert_decided_keeps_who_and_why():
    person = make_person()
    alert = _dispose(make_alert(), by=person.actor)
    assert (alert.state, alert.disposition) == ("disposed", "explained")
    assert (alert.decision.decided_by, alert.decision.reason_code) == (person, "source_documented")


def test_alert_decided_is_recorded_with_the_rationale_sealed():
    alert = _dispose(make_alert())
    entry = AuditEntry.objects.get(action="monitoring.alert_disposed", object_id=str(alert.pk))
    assert b"documents seen" not in bytes(entry.body)


def test_alert_decided_before_is_refused():
    alert = make_alert()
    _dispose(alert)
    with pytest.raises(AlertDecidedAlready):
        _dispose(alert)


def test_alert_decided_by_a_program_is_refused():
    with pytest.raises(NotAPerson):
        _dispose(make_alert(), by=SYSTEM)


def test_alert_decided_without_rationale_is_refused():
    with pytest.raises(InvalidInput):
        _dispose(make_alert(), rationale="  x ")


def test_second_open_alert_of_a_scenario_is_refused_by_the_database():
    alert = make_alert()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(customer=alert.customer, scenario=alert.scenario, severity="low")
