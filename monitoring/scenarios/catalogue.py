"""Reading scenario files: the rule checked against the domain, parameters with values and meanings, examples."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml

from monitoring.domains import domain_of
from monitoring.domains.base import Domain
from monitoring.rules.checker import Rule, checked_rule
from monitoring.rules.lists import Lists, list_from, names_in
from monitoring.scenarios.examples import Example, example_of

_FOLDER = Path(__file__).parent
EXTRA_NAMES = ("base_currency",)


@dataclass(frozen=True)
class ScenarioDefinition:
    """A scenario as it is stored. `parameters` are values, `meanings` say what each is for; `measures` name operands.

    A subject that it fired on is not told again for `cool_down`. `lists` are the named lists that it looks into, as they
    are now: they go with a definition to wherever it judges and are not stored with it.
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
    lists: Lists = field(default_factory=dict)

    @property
    def list_names(self) -> set[str]:
        """The named lists that rule and measures look into."""
        return {*names_in(self.rule), *names_in(self.measures)}

    def with_lists(self, lists: Lists) -> "ScenarioDefinition":
        """The same with those of the lists that it looks into; where one is missing with all, for the checker to suggest."""
        names = self.list_names if self.list_names <= lists.keys() else lists
        return replace(self, lists={name: lists[name] for name in sorted(names)})

    def stored(self) -> dict[str, Any]:
        """What a version keeps of it."""
        told = asdict(self)
        del told["lists"]
        return told

    @property
    def rows(self) -> Domain:
        """The domain whose rows it judges; raises KeyError."""
        return domain_of(self.domain)

    def checked(self) -> Rule:
        """The rule as a checked tree; raises RuleInvalid."""
        return checked_rule(
            self.rule, self.rows, self.parameters, measures=self.measures, sentence=self.sentence,
            extra_names=EXTRA_NAMES, min_history_days=self.min_history_days, lists=self.lists,
        )  # fmt: skip


def definition_from(data: Mapping[str, Any]) -> ScenarioDefinition:
    """The definition that `asdict` told, its lists with it."""
    lists = {name: list_from(item) for name, item in data.get("lists", {}).items()}
    return ScenarioDefinition(**{**data, "lists": lists})


@dataclass(frozen=True)
class ShippedScenario:
    """What ships: the definition, whether a new installation has it live or as a draft, and what proves it."""

    definition: ScenarioDefinition
    is_live: bool
    example: Example


def shipped_scenarios(lists: Lists, domain: str = "finance") -> list[ScenarioDefinition]:
    """Every shipped scenario of a domain, by code. `lists` are the named lists there are."""
    return [shipped.definition for shipped in shipped_files(lists, domain)]


def shipped_files(lists: Lists, domain: str = "finance") -> list[ShippedScenario]:
    """Every scenario that comes with a domain, by code: a file each, or in the domain's own."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (_FOLDER / domain).glob("*.yaml")]
    told = sorted((*files, *domain_of(domain).scenarios), key=itemgetter("code"))
    return [_shipped(dict(data), lists, domain) for data in told]


def _shipped(data: dict[str, Any], lists: Lists, domain: str) -> ShippedScenario:
    told, is_live, examples = data.pop("parameters"), data.pop("ships") == "live", data.pop("examples")
    values = {name: item["value"] for name, item in told.items()}
    meanings = {name: item["meaning"] for name, item in told.items()}
    definition = ScenarioDefinition(parameters=values, meanings=meanings, domain=domain, **data)
    return ShippedScenario(definition.with_lists(lists), is_live, example_of(examples))
