"""Process events: delivered like transactions, judged by the pharma scenarios, alerts by batch."""

import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import Role
from core.clock import now
from monitoring.models import Alert, PendingAssessment, ProcessEvent
from monitoring.scenarios.catalogue import shipped_files
from monitoring.scenarios.examples import file_rows
from monitoring.selectors import definition_of
from monitoring.services import (
    assess_process,
    draft_scenario,
    ingest_process_events,
    pending_processes,
    prove_scenario,
    set_qualifications,
)
from tests.factories.accounts import make_api_key, make_person
from tests.factories.customers import make_customer, make_organisation
from tests.factories.monitoring import SYSTEM, live_version, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(own_data_folder):
    """Snapshots are written."""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


SHIPPED = {item.definition.code: item for item in shipped_files({}, "pharma")}


def _rows(customer, events, end=None):
    made = file_rows(tuple(events), domain="pharma", end=end or now() - timedelta(hours=1))
    return [
        {key: value for key, value in row.items() if key != "event_id"}
        | {"external_id": row["event_id"], "customer_external_id": customer.external_id}
        for row in made
    ]


def _judge():
    while due := pending_processes(10):
        assess_process(due[0])


def _deliver(customer, rows):
    result = ingest_process_events(rows=rows, source="test", by=customer.registered_by_client.actor)
    assert not result.rejected
    _judge()


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_shipped_scenario_fires_live_and_on_the_past_on_its_positive_and_not_on_its_near_misses(code):
    shipped = SHIPPED[code]
    publish(shipped.definition)
    fired = {}
    for name, events in {"positive": shipped.example.positive, **shipped.example.near_misses}.items():
        customer = make_organisation()
        for table in shipped.example.tables.values():
            listed = [row | {"customer_external_id": customer.external_id} for row in table]
            set_qualifications(rows=listed, source="test", by=customer.registered_by_client.actor)
        rows = _rows(customer, events, now().replace(hour=12) - timedelta(days=2))  # examples speak of nights
        _deliver(customer, rows)
        fired[name] = Alert.objects.filter(customer=customer).exists()
    assert fired == {"positive": True} | dict.fromkeys(shipped.example.near_misses, False)
    assert _fired_on_the_past(shipped.definition) == {
        f"{process} {customer}" for process, customer in Alert.objects.values_list("process_id", "customer_id")
    }


def _fired_on_the_past(definition):
    """Subjects of the backtest's firings: the manufacturers above name their batches alike."""
    warm = import_module("monitoring.trials").history_of_domain("pharma")
    rule = definition.checked()
    found = import_module("monitoring.warm.trial").firings_of(warm, warm.prepared(rule), definition, rule)
    return set(found.alerts["process_id"])


def test_backtest_of_batch_records_counts_batches_and_knows_past_alerts():
    definition = SHIPPED["self_verification"].definition
    version = publish(definition)
    for customer in (make_organisation(), make_organisation()):
        rows = _rows(customer, [{"ago": timedelta(days=3), "verifier_id": "OP1"}] * 2)
        _deliver(customer, [row | {"external_id": str(number)} for number, row in enumerate(rows)])
    call_command("rebuild_snapshots")
    result = import_module("monitoring.trials").backtested(definition, definition_of(version))
    assert result["transactions"] == 4
    assert {name: result["periods"][0][name] for name in ("findings", "alerts", "customers")} == {
        "findings": 4, "alerts": 2, "customers": 2,
    }  # fmt: skip
    assert (result["compared"]["same"], result["compared"]["gained"]) == (2, 0)
    trial = import_module("monitoring.warm.trial").trial(
        import_module("monitoring.trials").history_of_domain("pharma"), definition, base_currency="EUR"
    )
    assert (trial.new_customers, trial.overlap) == (0, [("Self-verification", 2)])


@pytest.mark.parametrize("code", ["unqualified_operator", "too_fast", "skipped_check"])
def test_proof_of_a_pharma_scenario_holds_and_leaves_nothing(code):
    version = draft_scenario(definition=SHIPPED[code].definition, by=SYSTEM)
    assert prove_scenario(version_id=version.pk, by=make_person(Role.ADMINISTRATOR).actor).holds
    assert not ProcessEvent.objects.exists()


def test_every_pharma_scenario_can_be_proven_and_edited_beside_its_past(client):
    for shipped in SHIPPED.values():
        publish(shipped.definition)
    client.force_login(make_person(Role.ADMINISTRATOR))
    rows = client.get(reverse("monitoring:coverage_page")).context["typologies"]
    assert all(item.can_be_proven for row in rows for cell in row.cells for item in cell)
    customer = make_organisation()
    _deliver(customer, _rows(customer, [{"ago": timedelta(days=3), "verifier_id": "OP1"}]))
    import_module("monitoring.trials").STOCK.clear()
    version = live_version("self_verification")
    page = client.get(reverse("monitoring:scenario_edit", args=[version.scenario_id, version.number]))
    told = client.post(
        reverse("monitoring:scenario_trial"), {"state": page.context["state"], "key": "k"}
    ).content.decode()
    assert "OP1" in told
    assert "batch B1" in told


def test_record_that_still_grows_is_not_reviewed_as_a_whole():
    publish(SHIPPED["skipped_check"].definition)
    customer = make_organisation()
    rows = _rows(customer, [{"ago": timedelta(hours=2), "step_no": 1}, {"ago": timedelta(hours=1), "step_no": 4}])
    _deliver(customer, rows[:1])
    _deliver(customer, rows[1:])
    assert not Alert.objects.exists()
    assert PendingAssessment.objects.filter(is_whole=True, run_at__gt=now()).count() == 2


def test_record_is_reviewed_when_an_event_completes_it():
    publish(SHIPPED["skipped_check"].definition)
    customer = make_organisation()
    rows = _rows(customer, [{"ago": timedelta(hours=2), "step_no": 1}, {"ago": timedelta(hours=1), "step_no": 4}])
    _deliver(customer, rows[:1])
    _deliver(customer, [rows[1] | {"completes": 1}])
    assert Alert.objects.get().process_id == "B1"


def test_alerts_are_one_a_batch_and_not_doubled_by_sending_again():
    publish(SHIPPED["self_verification"].definition)
    customer = make_organisation()
    rows = _rows(customer, [{"ago": timedelta(days=3), "verifier_id": "OP1"}] * 2)
    rows = [row | {"external_id": f"{row['external_id']}-{n}"} for n, row in enumerate(rows)]
    other = rows[1] | {"process_id": "B2", "external_id": "other"}
    _deliver(customer, [*rows, other])
    _deliver(customer, [*rows, other])
    assert sorted(Alert.objects.values_list("process_id", flat=True)) == ["B1", "B2"]
    assert Alert.objects.get(process_id="B1").findings.count() == 2


def test_operator_of_no_table_is_unknown_and_a_withdrawn_one_not_qualified():
    publish(SHIPPED["unqualified_operator"].definition)
    customer = make_organisation()
    rows = _rows(customer, [{"ago": timedelta(days=2)}])
    _deliver(customer, rows)
    assert not Alert.objects.exists()
    listed = {"customer_external_id": customer.external_id, "operator_id": "OP1", "step": "MIXING"}
    by = customer.registered_by_client.actor
    set_qualifications(rows=[listed], source="test", by=by)
    set_qualifications(rows=[listed | {"valid_until": now() - timedelta(days=30)}], source="test", by=by)
    _deliver(customer, [rows[0] | {"external_id": "again"}])
    assert Alert.objects.get().scenario.code == "unqualified_operator"


def test_process_events_over_rest_are_the_clients_own(client):
    customer, other = make_customer(), make_organisation()
    _, key = make_api_key(customer.registered_by_client)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    rows = [*_rows(customer, [{"ago": timedelta(days=2)}]), *_rows(other, [{"ago": timedelta(days=2)}])]
    answer = client.post("/api/v1/process-events", data=json.dumps(rows), content_type="application/json").json()
    assert (answer["accepted"], answer["rejected"][0]["errors"][0]["pointer"]) == (1, "/1/customer_external_id")
    assert client.get("/api/v1/process-events").json()["results"][0]["step"] == "MIXING"
    table = f"customer_external_id,operator_id,step\n{customer.external_id},OP1,MIXING\n"
    answer = client.post("/api/v1/operator-qualifications", data=table.encode(), content_type="text/csv").json()
    assert (answer["accepted"], ProcessEvent.objects.count()) == (1, 1)


def test_delivery_for_many_customers_asks_no_more_than_for_one(django_assert_max_num_queries):
    person = make_person(Role.ADMINISTRATOR)
    customers = [make_organisation() for _ in range(30)]
    moment = (now() - timedelta(hours=2)).isoformat()
    rows = [
        {"external_id": "E-1", "customer_external_id": customer.external_id, "process_id": "B-1", "operator_id": "op1",
         "step": "weighing", "start_ts": moment, "completes": number % 2}
        for number, customer in enumerate(customers)
    ]  # fmt: skip
    with django_assert_max_num_queries(18):
        ingest_process_events(rows=rows, source="test", by=person.actor)
    waiting = PendingAssessment.objects.filter(is_whole=True, run_at__lte=now())
    assert set(waiting.values_list("customer", flat=True)) == {customer.pk for customer in customers[1::2]}
    with django_assert_max_num_queries(14):
        again = ingest_process_events(rows=[*rows, rows[0] | {"step": "mixing"}], source="test", by=person.actor)
    assert (again.accepted, again.duplicates, len(again.rejected)) == (0, 30, 1)
