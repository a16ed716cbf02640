"""Texts of what ships as YAML: translated when shown, by the shipped text; what people change stays as they wrote it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

_OF_SCENARIO = ("title", "typology", "sentence", "rationale")
_OF_LIST = ("title", "purpose")
_OF_STEP = ("text", "reason")


def of_shipped() -> Iterator[tuple[str, int, str]]:
    """Scenarios, lists of rules and workflows: (file, line, text)."""
    home = Path(settings.BASE_DIR)
    for folder, reader in (
        ("monitoring/scenarios", _of_scenario), ("monitoring/lists", _of_list), ("workflows/definitions", _of_workflow)
    ):  # fmt: skip
        for path in sorted((home / folder).rglob("*.yaml")):
            for text in reader(yaml.safe_load(path.read_text())):
                if text:
                    yield str(path.relative_to(home)), 1, text.strip()


def _of_scenario(scenario: dict[str, Any]) -> Iterator[str | None]:
    yield from (scenario.get(key) for key in _OF_SCENARIO)
    for parameter in scenario.get("parameters", {}).values():
        yield parameter.get("meaning")
    yield from scenario.get("examples", {}).get("near_misses", {})


def _of_list(named: dict[str, Any]) -> Iterator[str | None]:
    yield from (named.get(key) for key in _OF_LIST)


def _of_workflow(definition: dict[str, Any]) -> Iterator[str | None]:
    workflow = definition["workflow"]
    yield workflow["name"]
    for step in workflow["steps"]:
        yield step["name"]
        yield from (step.get("with", {}).get(key) for key in _OF_STEP)
