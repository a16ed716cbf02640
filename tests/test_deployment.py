"""The production files name what exists: services, commands, modules, secrets without defaults."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

HOME = Path(__file__).resolve().parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((HOME / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRETS = ("PROBITY_SECRET_KEY", "PROBITY_AUDIT_MAC_KEY", "PROBITY_SUBJECT_KEY_SECRET", "PROBITY_DOCUMENT_KEYS")


@pytest.mark.parametrize("name", ["web", "live", "worker", "postgres", "redis"])
def test_service_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", SECRETS)
def test_secret_without_a_value_stops_the_start(name: str) -> None:
    assert COMPOSE["x-probity"]["environment"][name].startswith("${" + name + ":?")


@pytest.mark.parametrize("name", ["web", "live"])
def test_application_of_a_command_exists(name: str) -> None:
    module, _, attribute = SERVICES[name]["command"][1].partition(":")
    assert hasattr(importlib.import_module(module), attribute)


def test_prepare_command_exists() -> None:
    assert SERVICES["prepare"]["command"][2] in get_commands()


def test_image_ends_as_somebody_who_is_not_root() -> None:
    users = re.findall(r"^USER (\S+)$", (HOME / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["probity"]


@pytest.mark.parametrize("command", re.findall(r"manage\.py (\w+)", (HOME / "Dockerfile").read_text()))
def test_command_of_the_image_exists(command: str) -> None:
    assert command in get_commands()
