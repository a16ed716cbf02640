"""The production files name what exists: services, commands, modules, secrets without defaults."""

import importlib
import re
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
import yaml
from django.core.management import get_commands
from django.db import connection
from django.urls import resolve
from prometheus_client import REGISTRY

from compliance_site import env
from compliance_site.thresholds import THRESHOLDS
from core.measuring import registered_gauges

HOME = Path(__file__).resolve().parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((HOME / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRETS = (
    "PROBITY_SECRET_KEY", "PROBITY_AUDIT_MAC_KEY", "PROBITY_SUBJECT_KEY_SECRET", "PROBITY_DOCUMENT_KEYS", "PROBITY_BLIND_KEY",
)  # fmt: skip


@pytest.mark.parametrize("name", ["web", "web-second", "live", "worker", "postgres", "redis"])
def test_service_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", SECRETS)
def test_secret_without_a_value_stops_the_start(name: str) -> None:
    assert COMPOSE["x-probity"]["environment"][name].startswith("${" + name + ":?")


@pytest.mark.parametrize("name", ["web", "live"])
def test_application_of_a_command_exists(name: str) -> None:
    module, _, attribute = SERVICES[name]["command"][1].partition(":")
    assert hasattr(importlib.import_module(module), attribute)


def test_the_proxy_knows_both_web_processes_and_asks_whether_they_live() -> None:
    proxy = (HOME / "docker" / "Caddyfile").read_text()
    addresses = set(re.findall(r"([\w-]+):8000", proxy))
    assert addresses == {name for name, service in SERVICES.items() if "gunicorn" in service.get("command", [])}
    assert addresses < set(SERVICES["proxy"]["depends_on"])
    resolve(re.findall(r"health_uri (\S+)", proxy)[0])


def test_replacing_names_every_process_of_the_product_and_prepares_first() -> None:
    script = (HOME / "scripts" / "replace.sh").read_text()
    ours = {name for name, service in SERVICES.items() if service.get("image", "").startswith("probity:")} - {"prepare"}
    assert set(re.findall(r"^for service in (.+); do$", script, re.MULTILINE)[0].split()) == ours
    assert script.index("prepare") < script.index("for service in")


def test_with_tls_every_process_verifies_postgresql_and_redis() -> None:
    told: dict[str, Any] = yaml.safe_load((HOME / "docker" / "compose.tls.yml").read_text())["services"]
    ours = {name for name, service in SERVICES.items() if service.get("image", "").startswith("probity:")}
    assert set(told) == ours | {"postgres", "redis"}
    for name in ours:
        address = told[name]["environment"]
        assert dj_database_url.parse(address["DATABASE_URL"].replace("${POSTGRES_PASSWORD}", "x"))["OPTIONS"] == {
            "sslmode": "verify-full", "sslrootcert": "/run/tls/ca.crt",
        }  # fmt: skip
        assert env.verified(address["REDIS_URL"]).endswith("ssl_ca_certs=/run/tls/ca.crt&ssl_cert_reqs=required")
    assert {"--requirepass", "--tls-port"} < set(told["redis"]["command"])
    assert "--requirepass" in SERVICES["redis"]["command"]


def test_postgresql_reads_the_settings_that_are_mounted_with_tls_too() -> None:
    tls: dict[str, Any] = yaml.safe_load((HOME / "docker" / "compose.tls.yml").read_text())["services"]["postgres"]
    mounted = {
        target: HOME / source for source, target, *_ in (one.split(":") for one in SERVICES["postgres"]["volumes"])
    }
    for command in (SERVICES["postgres"]["command"], tls["command"]):
        assert "config_file=/etc/postgresql/postgresql.conf" in command
    included = re.findall(r"^include '(.+)'$", mounted["/etc/postgresql/postgresql.conf"].read_text(), re.MULTILINE)
    assert included == ["/var/lib/postgresql/data/postgresql.conf", "/etc/postgresql/tuning.conf"]
    assert mounted["/etc/postgresql/tuning.conf"].is_file()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the settings are PostgreSQL's")
def test_the_settings_of_postgresql_are_settings_and_none_risks_what_was_committed() -> None:
    told = (HOME / "deploy" / "postgresql" / "tuning.conf").read_text()
    names = set(re.findall(r"^(\w+) = ", told, re.MULTILINE))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s)", [sorted(names)])
        assert {name for (name,) in cursor.fetchall()} == names
    assert not names & {"fsync", "full_page_writes", "synchronous_commit", "zero_damaged_pages"}


def test_the_image_can_back_up_what_compose_runs() -> None:
    assert re.search(r"^\s+postgresql-client \\\\?$", (HOME / "Dockerfile").read_text(), re.MULTILINE)
    assert SERVICES["postgres"]["image"] == "postgres:15"  # as the client of the image's Debian, bookworm


def test_prepare_command_exists() -> None:
    assert SERVICES["prepare"]["command"][2] in get_commands()


def test_image_ends_as_somebody_who_is_not_root() -> None:
    users = re.findall(r"^USER (\S+)$", (HOME / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["probity"]


@pytest.mark.parametrize("command", re.findall(r"manage\.py (\w+)", (HOME / "Dockerfile").read_text()))
def test_command_of_the_image_exists(command: str) -> None:
    assert command in get_commands()


KUBERNETES = HOME / "deploy" / "kubernetes"
OBJECTS: list[dict[str, Any]] = [
    one
    for name in yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())["resources"]
    for one in yaml.safe_load_all((KUBERNETES / name).read_text())
]
PODS = {
    one["metadata"]["name"]: one["spec"]["template"]["spec"] for one in OBJECTS if one["kind"] in {"Deployment", "Job"}
}
OURS = sorted(set(PODS) - {"redis"})


def _of(kind: str) -> list[dict[str, Any]]:
    return [one for one in OBJECTS if one["kind"] == kind]


def _variables_of_the_product() -> set[str]:
    page = (HOME / "docs" / "guide" / "configuration.md").read_text()
    return set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE)) | {"PROMETHEUS_MULTIPROC_DIR"}


def _metrics_of_the_product() -> set[str]:
    kept = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    families = {family.name for family in REGISTRY.collect()}
    named = {f"{name}_{end}" for name in families for end in ("total", "bucket", "count", "sum")}
    return kept | named | {gauge.name for gauge in registered_gauges()}


@pytest.mark.parametrize("path", ["deploy/prometheus/alerts.yaml", "deploy/grafana/probity.json"])
def test_every_metric_that_is_watched_exists(path: str) -> None:
    watched = set(re.findall(r"\bprobity_\w+", (HOME / path).read_text()))
    assert watched
    assert watched <= _metrics_of_the_product()


def test_every_gauge_is_on_the_dashboard() -> None:
    dashboard = (HOME / "deploy/grafana/probity.json").read_text()
    assert [gauge.name for gauge in registered_gauges() if gauge.name not in dashboard] == []


_LIMIT = re.compile(
    r"(?:max|min)(?: by \(\w+\) )?\((probity_\w+)(?:\{(\w+)=\"(\w+)\"\})?\) ([<>]) ([\d.e]+)(?![\d.e]| \*)"
)


def test_limits_of_the_alerts_are_those_of_the_status_page() -> None:
    rules = yaml.safe_load((HOME / "deploy/prometheus/alerts.yaml").read_text())["groups"][0]["rules"]
    parts = [part for rule in rules for part in rule["expr"].split(" or ") if " and " not in part]
    limits = {
        (name, sign, float(limit), *((label, value) if label else ()))
        for part in parts for name, label, value, sign, limit in _LIMIT.findall(part)
    }  # fmt: skip
    wanted = {(one.gauge, one.sign, one.limit, *next(iter(one.labels.items()), ())) for one in THRESHOLDS.values()}
    assert limits == wanted


def test_every_alert_says_what_to_do() -> None:
    rules = yaml.safe_load((HOME / "deploy/prometheus/alerts.yaml").read_text())["groups"][0]["rules"]
    assert [rule["alert"] for rule in rules if not {"summary", "action"} <= set(rule["annotations"])] == []


@pytest.mark.parametrize("name", sorted(PODS))
def test_pod_runs_with_nothing_it_does_not_need(name: str) -> None:
    pod = PODS[name]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"]
        assert rights["capabilities"]["drop"] == ["ALL"]
        assert not rights["allowPrivilegeEscalation"]


@pytest.mark.parametrize("one", _of("Deployment"), ids=lambda one: one["metadata"]["name"])
def test_deployment_has_probes_of_pages_that_are_there(one: dict[str, Any]) -> None:
    container = one["spec"]["template"]["spec"]["containers"][0]
    probes = [container[kind] for kind in ("livenessProbe", "readinessProbe", "startupProbe") if kind in container]
    assert "livenessProbe" in container
    for path in (probe["httpGet"]["path"] for probe in probes if "httpGet" in probe):
        resolve(path)


@pytest.mark.parametrize("name", ["web", "live", "worker", "prepare"])
def test_pod_runs_what_compose_runs(name: str) -> None:
    assert PODS[name]["containers"][0]["command"] == SERVICES[name]["command"]


def test_every_variable_that_is_set_is_read() -> None:
    secrets = yaml.safe_load((KUBERNETES / "secret.example.yaml").read_text())["stringData"]
    configured = set(secrets) | set(_of("ConfigMap")[0]["data"]) | set(COMPOSE["x-probity"]["environment"])
    assert configured <= _variables_of_the_product()
    assert set(SECRETS) <= set(secrets)


def test_what_is_named_among_the_objects_is_there() -> None:
    ports = {(one["metadata"]["name"], port["name"]) for one in _of("Service") for port in one["spec"]["ports"]}
    paths = _of("Ingress")[0]["spec"]["rules"][0]["http"]["paths"]
    assert {(path["backend"]["service"]["name"], path["backend"]["service"]["port"]["name"]) for path in paths} <= ports
    targets = {one["spec"]["scaleTargetRef"]["name"] for one in _of("HorizontalPodAutoscaler")}
    assert targets <= {one["metadata"]["name"] for one in _of("Deployment")}
    scaled = {
        metric["external"]["metric"]["name"]
        for one in _of("HorizontalPodAutoscaler")
        for metric in one["spec"]["metrics"]
        if "external" in metric
    }
    assert scaled == {"probity_steps_due"}
    assert {
        volume["persistentVolumeClaim"]["claimName"]
        for name in OURS
        for volume in PODS[name]["volumes"]
        if "persistentVolumeClaim" in volume
    } == {"data"}


def test_network_policies_refuse_all_and_open_the_ports_that_listen() -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in _of("NetworkPolicy")}
    assert policies["nothing"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for name in ("web", "live", "worker", "redis"):
        opened = {port["port"] for rule in policies[name]["ingress"] for port in rule["ports"]}
        assert opened == {port["containerPort"] for port in PODS[name]["containers"][0]["ports"]}
