"""The production files name what exists: services, commands, modules, secrets without defaults."""

import importlib
import itertools
import re
import shutil
import subprocess
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
    told = TLS_SERVICES
    ours = {name for name, service in SERVICES.items() if service.get("image", "").startswith("probity:")}
    assert set(told) == ours | {"postgres", "redis", "proxy"}
    for name in ours:
        address = told[name]["environment"]
        _shows_a_certificate_and_verifies(address)
    assert {"--requirepass", "--tls-port"} < set(told["redis"]["command"])
    assert {line.split()[-1] for line in _rules_of_postgresql() if line.startswith("host")} == {"cert"}
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


def _shows_a_certificate_and_verifies(told: dict[str, str]) -> None:
    database = dj_database_url.parse(told["DATABASE_URL"])
    assert {"sslmode": "verify-full", "sslrootcert": "/run/tls/ca.crt"}.items() < database["OPTIONS"].items()
    assert {"sslcert", "sslkey"} < set(database["OPTIONS"])
    assert not database["PASSWORD"]  # ASVS 5.0, 13.2.1: a certificate, nothing that stays for years
    redis = env.verified(told["REDIS_URL"])
    assert all(f"{name}=/run/tls/" in redis for name in ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile"))
    assert redis.endswith("ssl_cert_reqs=required")


def _rules_of_postgresql() -> list[str]:
    return (HOME / "docker" / "tls" / "pg_hba.conf").read_text().splitlines()


def test_the_proxy_with_tls_is_the_same_proxy_that_verifies_web_and_live() -> None:
    plain, verified = ((HOME / "docker" / name).read_text() for name in ("Caddyfile", "Caddyfile.tls"))
    assert re.findall(r"([\w-]+:800\d)", plain) == re.findall(r"https://([\w-]+:800\d)", verified)
    assert verified.count("import verified") == verified.count("reverse_proxy") == 2
    for line in plain.splitlines():
        assert line in verified or line.startswith("#") or "reverse_proxy" in line


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


TLS_SERVICES: dict[str, Any] = yaml.safe_load((HOME / "docker" / "compose.tls.yml").read_text())["services"]
SERVERS_OWN = {"GUNICORN_CMD_ARGS", "UVICORN_SSL_CERTFILE", "UVICORN_SSL_KEYFILE"}  # tests/test_inside_tls.py
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
SECRET_OBJECTS: dict[str, dict[str, Any]] = {
    one["metadata"]["name"]: one for one in yaml.safe_load_all((KUBERNETES / "secret.example.yaml").read_text())
}


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
    secrets = SECRET_OBJECTS["probity-secrets"]["stringData"]
    configured = set(secrets) | set(_of("ConfigMap")[0]["data"]) | set(COMPOSE["x-probity"]["environment"])
    configured |= {name for one in TLS_SERVICES.values() for name in one.get("environment", {})}
    configured |= {one["name"] for pod in OURS for one in PODS[pod]["containers"][0].get("env", [])}
    assert configured <= _variables_of_the_product() | SERVERS_OWN
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


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl, which has kustomize in it, is not installed")
def test_kustomize_makes_of_them_what_is_tested_here() -> None:
    made = subprocess.run(["kubectl", "kustomize", str(KUBERNETES)], capture_output=True, text=True, check=True)
    built = list(yaml.safe_load_all(made.stdout))
    assert {(one["kind"], one["metadata"]["name"]) for one in built} == {
        (one["kind"], one["metadata"]["name"]) for one in OBJECTS
    }
    assert all(one["metadata"].get("namespace", "probity") == "probity" for one in built)
    images = {
        one["spec"]["template"]["spec"]["containers"][0]["image"] for one in built if "template" in one.get("spec", {})
    }
    assert images == {"probity:0.1.0", SERVICES["redis"]["image"]}


def test_every_secret_that_a_pod_takes_has_an_example_with_what_it_takes() -> None:
    for pod in PODS.values():
        container = pod["containers"][0]
        taken = {one["secretRef"]["name"]: set() for one in container.get("envFrom", []) if "secretRef" in one}
        for one in container.get("env", []):
            if reference := one.get("valueFrom", {}).get("secretKeyRef"):
                taken.setdefault(reference["name"], set()).add(reference["key"])
        for volume in pod["volumes"]:
            if secret := volume.get("secret"):
                paths = set(re.findall(r"/run/tls/([\w.]+)", str(container)))
                taken.setdefault(secret["secretName"], set()).update(paths)
        for name, keys in taken.items():
            assert keys <= set(SECRET_OBJECTS[name]["stringData"])


def test_every_pod_asks_for_what_it_needs_and_gets_no_more_memory() -> None:
    for pod in PODS.values():
        asked = pod["containers"][0]["resources"]
        assert set(asked["requests"]) == {"cpu", "memory"}
        assert "memory" in asked["limits"]


def test_on_kubernetes_everything_inside_is_tls_with_a_certificate() -> None:
    _shows_a_certificate_and_verifies(SECRET_OBJECTS["probity-secrets"]["stringData"])
    redis = PODS["redis"]["containers"][0]["command"]
    told = dict(itertools.pairwise(redis))
    assert (told["--port"], told["--tls-auth-clients"], told["--requirepass"]) == ("0", "yes", "$(REDISCLI_AUTH)")
    ingress = _of("Ingress")[0]["metadata"]["annotations"]
    assert ingress["nginx.ingress.kubernetes.io/backend-protocol"] == "HTTPS"
    assert ingress["nginx.ingress.kubernetes.io/proxy-ssl-verify"] == "on"
    web = PODS["web"]["containers"][0]
    assert {web[kind]["httpGet"]["scheme"] for kind in ("startupProbe", "livenessProbe", "readinessProbe")} == {"HTTPS"}


def test_policies_and_services_choose_pods_that_are_there() -> None:
    labels = {
        one["spec"]["template"]["metadata"]["labels"]["app"] for one in OBJECTS if one["kind"] in {"Deployment", "Job"}
    }
    chosen = re.findall(r"'app': '(\w+)'|'key': 'app', 'operator': 'In', 'values': \[([^]]+)\]", str(OBJECTS))
    named = {name.strip(" '") for pair in chosen for part in pair if part for name in part.split(",")}
    assert named <= labels
