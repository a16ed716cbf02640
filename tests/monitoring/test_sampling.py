"""Sampling below the line: what is drawn, that nobody can tell it from alerts, what judging it does and says."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import Role
from accounts.exceptions import NotAPerson
from audit.models import AuditEntry
from cases.models import Case
from core.clock import now
from core.exceptions import InvalidInput
from core.intervals import wilson
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.exceptions import AlertDecidedAlready
from monitoring.models import Alert, BlindItem, NearCount
from monitoring.selectors import sampling_report
from monitoring.services import assess_pending, dispose_alert, judge_blind_item, keep_sample, publish_sampling_policy
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, live_version, make_definition, make_transaction, publish
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db
SUSPICIOUS = {
    "disposition": AlertDisposition.SUSPICIOUS,
    "reason_code": AlertReason.AGAINST_PROFILE,
    "rationale": "Split.",
}


@pytest.fixture(autouse=True)
def _own_folder(own_data_folder):
    """Snapshots are written."""


def _just_below(customer=None):
    """A customer with two payments just below the threshold where the scenario wants three."""
    customer = customer or make_customer()
    for days in (1, 2):
        make_transaction(customer, amount="9500.00", booked_at=(now() - timedelta(days=days)).isoformat())
    return customer


def _decided_alert():
    customer = make_customer()
    for days in (1, 2, 3, 4):
        make_transaction(customer, amount="9500.00", booked_at=(now() - timedelta(days=days)).isoformat())
    assess_pending(customer.pk)
    alert = Alert.objects.get(customer=customer, scenario__code="structuring")
    other = make_person()
    dispose_alert(alert_id=alert.pk, **SUSPICIOUS, by=other.actor)
    return alert, other


@pytest.fixture
def structuring():
    publish(make_definition("structuring"))
    return live_version("structuring")


def _draw(version):
    call_command("rebuild_snapshots")
    below = import_module("monitoring.below")
    for drawn in below.drawn_below([version], 5):
        keep_sample(drawn=drawn, by=SYSTEM)


def test_near_misses_are_drawn_once_a_night_and_raise_nothing(structuring):
    customer = _just_below()
    _draw(structuring)
    _draw(structuring)
    item = BlindItem.objects.get()
    assert (item.customer, item.control, sum(NearCount.objects.get().counts)) == (customer, None, 1)
    assert 0 < item.lacks <= 0.5
    assert not Alert.objects.exists()


def test_decided_alerts_are_mixed_in_and_look_the_same(structuring, client):
    publish_sampling_policy(a_night=5, controls=50, by=make_person(Role.ADMINISTRATOR).actor)
    _just_below()
    alert, decider = _decided_alert()
    _draw(structuring)
    assert BlindItem.objects.filter(control=alert).count() == BlindItem.objects.filter(control=None).count() == 1
    client.force_login(make_person())
    pages = [client.get(reverse("monitoring:blind_item", args=[item.pk])) for item in BlindItem.objects.all()]
    for page in pages:
        told = page.content.decode()
        assert page.status_code == 200
        assert str(alert.pk) not in told
        assert page.context["item"].sentence not in told
        assert reverse("customers:customer_detail", args=[page.context["item"].customer_id]) not in told
        assert not re.search(r"10,?000", told)
        assert "✓" not in told
        assert "✗" not in told
    client.force_login(decider)
    shown = client.get(reverse("monitoring:blind_list")).context["page"].object_list
    assert [item.control for item in shown] == [None]


def test_what_a_person_finds_suspicious_becomes_an_alert_of_a_case(
    structuring, client, django_capture_on_commit_callbacks
):
    customer = _just_below()
    _draw(structuring)
    item, officer = BlindItem.objects.get(), make_person()
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("monitoring:blind_item", args=[item.pk]), SUSPICIOUS)
    assert answer.url == reverse("monitoring:blind_list")
    item.refresh_from_db()
    assert (item.judged_by, item.raised) == (officer, Alert.objects.get(customer=customer))
    assert item.raised.findings.get().transaction == item.transaction
    assert Case.objects.filter(customer=customer).exists()
    assert AuditEntry.objects.filter(action="monitoring.blind_item_judged").exists()
    with pytest.raises(AlertDecidedAlready):
        judge_blind_item(item_id=item.pk, **SUSPICIOUS, by=officer.actor)


def test_what_a_person_finds_explained_opens_nothing(structuring):
    _just_below()
    _draw(structuring)
    judged = {
        "disposition": AlertDisposition.EXPLAINED,
        "reason_code": AlertReason.USUAL_BUSINESS,
        "rationale": "Weekly takings.",
    }
    judge_blind_item(item_id=BlindItem.objects.get().pk, **judged, by=make_person().actor)
    assert not Alert.objects.exists()
    assert not Case.objects.exists()


def test_a_program_and_a_judgement_without_a_reason_are_refused(structuring):
    _just_below()
    _draw(structuring)
    item = BlindItem.objects.get()
    with pytest.raises(NotAPerson):
        judge_blind_item(item_id=item.pk, **SUSPICIOUS, by=SYSTEM)
    with pytest.raises(InvalidInput):
        judge_blind_item(item_id=item.pk, **(SUSPICIOUS | {"rationale": "no"}), by=make_person().actor)


def test_the_report_says_what_was_missed_and_what_would_have_caught_it(structuring, client):
    _just_below()
    _draw(structuring)
    judge_blind_item(item_id=BlindItem.objects.get().pk, **SUSPICIOUS, by=make_person().actor)
    row = sampling_report()[0]
    assert (row.sampled, row.judged, row.missed, row.rate, row.looser) == (1, 1, 1, 1.0, [])
    assert (row.low, row.high) == wilson(1, 1)
    admin = make_person(Role.ADMINISTRATOR)
    client.force_login(admin)
    client.post(reverse("monitoring:sampling_looser", args=[structuring.scenario_id, structuring.number]))
    run_work(LongWork.objects.get().pk)
    (looser,) = sampling_report()[0].looser
    assert looser.limits == ["$payments >= 3 → 2"]
    assert (looser.caught, looser.missed, looser.before, looser.after, looser.gained) == (1, 1, 0, 1, 1)
    client.force_login(make_person(Role.AUDITOR))
    assert client.get(reverse("monitoring:sampling_report")).status_code == 200
    assert client.get(reverse("monitoring:sampling_csv")).content.startswith(
        b"scenario,sampled,judged,missed,miss_rate"
    )
    client.force_login(make_person())
    assert client.get(reverse("monitoring:sampling_report")).status_code == 403


def test_the_report_reads_as_often_however_many_items_there_are(structuring, django_assert_max_num_queries):
    for _ in range(3):
        _just_below()
    _draw(structuring)
    with django_assert_max_num_queries(4):
        assert sampling_report()[0].sampled == 3


def test_wilson_is_the_published_interval():
    low, high = wilson(1, 10)
    assert (round(low, 4), round(high, 4)) == (0.0179, 0.4042)
    assert wilson(0, 0) == (0.0, 1.0)


def test_an_administrator_publishes_how_much_is_sampled(client):
    client.force_login(make_person(Role.ADMINISTRATOR))
    client.post(reverse("monitoring:sampling_policy"), {"a_night": 8, "controls": 30, "second_looks": 15, "hidden": 5})
    page = client.get(reverse("monitoring:sampling_policy"))
    assert (page.context["policy"].number, page.context["policy"].a_night) == (1, 8)
    assert (
        client.post(
            reverse("monitoring:sampling_policy"), {"a_night": 0, "controls": 30, "second_looks": 15, "hidden": 5}
        )
        .context["form"]
        .errors
    )
