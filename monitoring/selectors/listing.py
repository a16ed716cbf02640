"""The scenarios as a list: each with the version that matters."""

from dataclasses import dataclass

from django.db.models import Prefetch

from monitoring.enums import ScenarioState
from monitoring.models import Scenario, ScenarioVersion
from monitoring.selectors.records import scenarios


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario with its live version, or its newest where none is live."""

    scenario: Scenario
    version: ScenarioVersion

    @property
    def domain(self) -> str:
        return str(self.version.definition.get("domain", "finance"))  # left out of files of finance


def scenario_lines(*, domain: str = "", state: str = "", severity: str = "") -> list[ScenarioLine]:
    """Every scenario of this domain, state and severity, live ones first; empty: any. A constant number of queries."""
    rows = scenarios().prefetch_related(
        Prefetch("versions", ScenarioVersion.objects.order_by("-number"), to_attr="all_versions")
    )
    lines = [ScenarioLine(row, _version_that_matters(row.all_versions)) for row in rows if row.all_versions]
    return [
        line for line in lines
        if domain in ("", line.domain) and state in ("", line.version.state) and severity in ("", line.version.severity)
    ]  # fmt: skip


def _version_that_matters(versions: list[ScenarioVersion]) -> ScenarioVersion:
    return next((version for version in versions if version.state == ScenarioState.LIVE), versions[0])
