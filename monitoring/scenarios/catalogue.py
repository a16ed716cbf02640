"""Reading scenario files: the rule checked against the domain, parameters with values and meanings, examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitoring.domains import domain_of
from monitoring.domains.base import Domain
from monitoring.rules.checker import Rule, checked_rule
from monitoring.scenarios.examples import Example, example_of

_FOLDER = Path(__file__).parent
EXTRA_NAMES = ("base_currency",)


@dataclass(frozen=True)
class ScenarioDefinition:
    """A scenario as it is stored. `parameters` are values, `meanings` say what each is for; `measures` name operands.

    A subject that it fired on is not told again for `cool_down`.
    """

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
    domain: str = "finance"
    cool_down: str = ""

    @property
    def rows(self) -> Domain:
        """The domain whose rows it judges; raises KeyError."""
        return domain_of(self.domain)

    def checked(self) -> Rule:
        """The rule as a checked tree; raises RuleInvalid."""
        return checked_rule(
            self.rule, self.rows, self.parameters, measures=self.measures, sentence=self.sentence,
            extra_names=EXTRA_NAMES, min_history_days=self.min_history_days,
        )  # fmt: skip


@dataclass(frozen=True)
class ShippedScenario:
    """A scenario file: the definition, whether a new installation has it live or as a draft, and what proves it."""

    definition: ScenarioDefinition
    is_live: bool
    example: Example


def shipped_scenarios(lists: Mapping[str, list[str]], domain: str = "finance") -> list[ScenarioDefinition]:
    """Every shipped scenario of a domain, by code. `lists` fills parameters that name a list."""
    return [shipped.definition for shipped in shipped_files(lists, domain)]


def shipped_files(lists: Mapping[str, list[str]], domain: str = "finance") -> list[ShippedScenario]:
    """Every scenario file of a domain, by code."""
    return [_read(path, lists, domain) for path in sorted((_FOLDER / domain).glob("*.yaml"))]


def _read(path: Path, lists: Mapping[str, list[str]], domain: str) -> ShippedScenario:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    told, is_live, examples = data.pop("parameters"), data.pop("ships") == "live", data.pop("examples")
    values = {name: lists[item["list"]] if "list" in item else item["value"] for name, item in told.items()}
    meanings = {name: item["meaning"] for name, item in told.items()}
    definition = ScenarioDefinition(parameters=values, meanings=meanings, domain=domain, **data)
    return ShippedScenario(definition, is_live, example_of(examples))
