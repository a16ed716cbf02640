"""What Prometheus reads: who may, that every app is there, and that nothing of a request but its view is a label."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from core.measuring import registered_gauges

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer scraping-token"}


@pytest.fixture
def _token(settings: Any) -> None:
    settings.METRICS_TOKEN = "scraping-token"


def _read(client: Client) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    text = client.get("/metrics", headers=TOKEN).content.decode()
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for sample in samples:
        found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


@pytest.mark.usefixtures("_token")
def test_metrics_with_another_token_are_not_there(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 404
    assert client.get("/metrics").status_code == 404


def test_metrics_of_an_allowed_address_are_given_but_not_through_a_proxy(client: Client, settings: Any) -> None:
    settings.METRICS_ADDRESSES = ["127.0.0.0/8"]
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404


@pytest.mark.usefixtures("_token")
def test_metrics_count_a_request_under_its_view(client: Client) -> None:
    labels = (("method", "GET"), ("status", "200"), ("view", "accounts:login"))
    before = _read(client).get("probity_requests_total", {}).get(labels, 0)
    client.get("/accounts/login/?name=Plantedmarker")
    assert _read(client)["probity_requests_total"][labels] == before + 1


@pytest.mark.usefixtures("_token")
def test_metrics_hold_nothing_that_was_sent(client: Client) -> None:
    client.get("/customers/Plantedmarker/?q=Plantedmarker")
    client.generic("PLANTEDMARKER", "/livez")
    assert b"plantedmarker" not in client.get("/metrics", headers=TOKEN).content.lower()


@pytest.mark.usefixtures("_token")
def test_every_gauge_can_be_read_from_an_empty_installation(client: Client) -> None:
    read = _read(client)
    assert read["probity_up"][(("part", "database"),)] == 1
    optional = {"probity_audit_checkpoint_age_seconds", "probity_cases_open", "probity_list_age_seconds",
                "probity_outbox_pending", "probity_screening_coverage_ratio"}  # fmt: skip
    assert {gauge.name for gauge in registered_gauges()} - set(read) <= optional


@pytest.mark.usefixtures("_token")
def test_a_gauge_that_fails_leaves_the_others(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "unmounted"
    read = _read(client)
    assert "probity_disk_free_bytes" not in read
    assert "probity_steps_due" in read


def test_processes_that_share_a_folder_give_the_sum(tmp_path: Any) -> None:
    counting = "from core.measuring.requests import REQUESTS; REQUESTS.labels('home', 'GET', '200').inc()"
    reading = "from core.measuring.kept import kept_registry as k; print(k().get_sample_value('probity_requests_total', {'view': 'home', 'method': 'GET', 'status': '200'}))"
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "counted")}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", counting], env=environment, check=True)
    told = subprocess.run([sys.executable, "-c", reading], env=environment, check=True, capture_output=True, text=True)
    assert json.loads(told.stdout) == 2


def test_probes_answer_under_any_name_of_the_host(client: Client) -> None:
    for path in ("/livez", "/healthz"):
        assert client.get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 200
