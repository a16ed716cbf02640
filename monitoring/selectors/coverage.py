"""Which typologies are looked for, by which scenarios, and what came of it; the examples that prove a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.exceptions import NotFound
from monitoring.domains import domains
from monitoring.enums import ScenarioState
from monitoring.models import Scenario, ScenarioVersion
from monitoring.scenarios.catalogue import ScenarioDefinition, shipped_files
from monitoring.scenarios.examples import Example
from monitoring.selectors.lists import named_lists
from monitoring.selectors.records import scenarios
from monitoring.snapshots.sources import fields_given, stored_domains

STATES = (ScenarioState.LIVE, ScenarioState.SHADOW, ScenarioState.DRAFT)


@dataclass(frozen=True)
class Covering:
    """A scenario in a row of the matrix. `version` is the one that counts: live, else in shadow, else the newest."""

    scenario: Scenario
    version: ScenarioVersion
    alerts: int
    suspicious: int
    can_be_proven: bool

    @property
    def conversion(self) -> int | None:
        """The share of its alerts that were suspicious, in percent."""
        return round(100 * self.suspicious / self.alerts) if self.alerts else None


@dataclass
class CoveredTypology:
    """A typology and, by state, the scenarios that look for it."""

    name: str
    domain: str
    by_state: dict[str, list[Covering]] = field(default_factory=lambda: {state: [] for state in STATES})

    @property
    def cells(self) -> list[list[Covering]]:
        """The scenarios in the order of the columns."""
        return list(self.by_state.values())

    @property
    def is_covered(self) -> bool:
        """Whether a live scenario looks for it."""
        return bool(self.by_state[ScenarioState.LIVE])

    @property
    def alerts(self) -> int:
        """All alerts of its scenarios."""
        return sum(item.alerts for cell in self.cells for item in cell)

    @property
    def conversion(self) -> int | None:
        """The share of them that were suspicious, in percent."""
        suspicious = sum(item.suspicious for cell in self.cells for item in cell)
        return round(100 * suspicious / self.alerts) if self.alerts else None


def coverage() -> list[CoveredTypology]:
    """Every typology that any scenario names, by domain and name."""
    provable = {code for code, example in _examples().items() if example is not None}
    found: dict[tuple[str, str], CoveredTypology] = {}
    for scenario in scenarios().prefetch_related("versions"):
        version = _counting(scenario)
        if version is None:
            continue
        domain = version.definition.get("domain", "finance")
        state = version.state if version.state in STATES else ScenarioState.DRAFT
        row = found.setdefault((domain, scenario.typology), CoveredTypology(scenario.typology, domain))
        told = (scenario.alert_count, scenario.suspicious_count)  # type: ignore[attr-defined]
        row.by_state[state].append(Covering(scenario, version, *told, scenario.code in provable))
    return [found[key] for key in sorted(found)]


def _counting(scenario: Scenario) -> ScenarioVersion | None:
    versions = [version for version in scenario.versions.all() if version.state != ScenarioState.RETIRED]
    order = {state: place for place, state in enumerate(STATES)}
    return min(
        versions,
        key=lambda version: (order.get(ScenarioState(version.state), len(order)), -version.number),
        default=None,
    )


def example_for(version: ScenarioVersion) -> Example:
    """What proves the version's scenario by a delivery; raises NotFound where nothing does."""
    example = _examples().get(version.definition["code"])
    if example is None:
        raise NotFound("This scenario has no example that a delivery could carry.")
    return example


def _examples() -> Mapping[str, Example | None]:
    """By the code of a shipped scenario its example; None where a delivery does not carry what the rule looks at."""
    lists = named_lists()
    files = [file for code in domains() for file in shipped_files(lists, code)]
    return {
        file.definition.code: file.example if _is_carried(file.definition, file.example) else None for file in files
    }


def _is_carried(definition: ScenarioDefinition, example: Example) -> bool:
    if definition.domain not in stored_domains():
        return False
    given = fields_given(definition.rows)
    absent = [name for name in definition.rows.fields if name not in given]
    text = f"{definition.rule} {definition.measures}"
    return not any(f"'{name}'" in text for name in absent) and not any(
        "currency" in event for event in example.positive
    )
