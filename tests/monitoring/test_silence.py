"""Traces of rows that did not fire: a hundredth, nobody's, for 90 days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.clock import now
from monitoring import evaluation
from monitoring.models import SilentTrace
from monitoring.services import assess_pending, prune_silent
from tests.factories.accounts import make_person
from tests.factories.monitoring import make_scenario, make_transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch):
    """What is kept where every row is of the sample."""
    monkeypatch.setattr(evaluation, "SILENT_ONE_IN", 1)
    scenario = make_scenario("high_risk_geography")
    row = make_transaction(counterparty_country="DE", counterparty_name="Ottoline Quillfeather", reference="zebra")
    assess_pending(row.customer_id)
    return SilentTrace.objects.filter(version__scenario=scenario), row


def test_a_trace_of_silence_has_numbers_and_names_nobody(kept, client):
    traces, row = kept
    told = str(list(SilentTrace.objects.values()))
    assert traces.count() == 1
    assert [text for text in ("Quillfeather", "zebra", str(row.pk), str(row.customer_id), "'DE'") if text in told] == []
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.get(reverse("monitoring:scenario_detail", args=[traces[0].version.scenario_id]))
    assert "Why it was silent" in page.content.decode()


def test_traces_of_silence_are_gone_after_90_days(kept):
    SilentTrace.objects.update(created_at=now() - timedelta(days=89))
    prune_silent()
    assert SilentTrace.objects.exists()
    SilentTrace.objects.update(created_at=now() - timedelta(days=91))
    prune_silent()
    assert not SilentTrace.objects.exists()
