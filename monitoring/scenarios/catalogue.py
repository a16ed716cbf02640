"""Reading scenario files: the rule checked against the domain, parameters with values and meanings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitoring.domains.finance import FINANCE
from monitoring.rules.checker import Rule, checked_rule

_FOLDER = Path(__file__).parent
EXTRA_NAMES = ("base_currency",)


@dataclass(frozen=True)
class ScenarioDefinition:
    """A scenario as it is stored. `parameters` are values, `meanings` say what each is for; `measures` name operands."""

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
    measures: dict[str, Any] = field(default_factory=dict)
    min_history_days: int = 0

    def checked(self) -> Rule:
        """The rule as a checked tree; raises RuleInvalid."""
        return checked_rule(
            self.rule, FINANCE, self.parameters, measures=self.measures, sentence=self.sentence,
            extra_names=EXTRA_NAMES, min_history_days=self.min_history_days,
        )  # fmt: skip


def shipped_scenarios(lists: Mapping[str, list[str]]) -> list[ScenarioDefinition]:
    """Every shipped scenario, by code. `lists` fills parameters that name a list."""
    return [_read(path, lists) for path in sorted(_FOLDER.glob("*.yaml"))]


def _read(path: Path, lists: Mapping[str, list[str]]) -> ScenarioDefinition:
    data = yaml.safe_load(path.read_text())
    told = data.pop("parameters")
    values = {name: lists[item["list"]] if "list" in item else item["value"] for name, item in told.items()}
    meanings = {name: item["meaning"] for name, item in told.items()}
    return ScenarioDefinition(parameters=values, meanings=meanings, **data)
