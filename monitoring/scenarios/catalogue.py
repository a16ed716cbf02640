"""Reading scenario files: the rule checked against the domain, parameters with values and meanings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitoring.domains import finance
from monitoring.rules.checker import checked_rule
from monitoring.rules.tree import Condition

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ScenarioDefinition:
    """A scenario as the engine takes it. `parameters` are values; `meanings` say what each is for."""

    code: str
    title: str
    typology: str
    severity: str
    rationale: str
    reference: str
    sentence: str
    rule: dict[str, Any]
    parameters: dict[str, Any]
    meanings: dict[str, str] = field(default_factory=dict)
    min_history_days: int = 0

    @property
    def condition(self) -> Condition:
        """The rule as a checked tree; raises RuleInvalid."""
        return checked_rule(self.rule, finance.FIELDS, self.parameters)


def shipped_scenarios(lists: Mapping[str, list[str]]) -> list[ScenarioDefinition]:
    """Every shipped scenario, by code. `lists` fills parameters that name a list."""
    return [_read(path, lists) for path in sorted(_FOLDER.glob("*.yaml"))]


def _read(path: Path, lists: Mapping[str, list[str]]) -> ScenarioDefinition:
    data = yaml.safe_load(path.read_text())
    told = data.pop("parameters")
    values = {name: lists[item["list"]] if "list" in item else item["value"] for name, item in told.items()}
    meanings = {name: item["meaning"] for name, item in told.items()}
    definition = ScenarioDefinition(parameters=values, meanings=meanings, **data)
    definition.condition  # noqa: B018 - checks the rule
    return definition
