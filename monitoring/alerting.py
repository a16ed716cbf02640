"""Alerts that a model raises by itself: off until people say otherwise.

What says so is a scenario without a rule. Its versions go the way of every scenario's (`monitoring.lifecycle`): drafted, tried
on the past, proposed, approved by another person into shadow, live, retired; a version is of one version of a model, and
raises nothing while another one is champion.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.words import said
from monitoring.domains import domain_of
from monitoring.enums import ModelMeasure
from monitoring.models import ModelVersion, RowScore, ScenarioVersion
from monitoring.models.scenarios import BY_MODEL

LEAST = 95.0  # percentiles below it would be an alert for every twentieth row
TYPOLOGY = said("ranked by a model")
COOL_DOWN = "7d"
_RATIONALE = said(
    "No rule fired. A model that learnt from what people decided ranks the row among the highest, or finds it unlike any other. "
    "That is a reason to look and nothing more: what the model goes by is told, and the decision is a person's."
)


@dataclass(frozen=True)
class ModelAlerts:
    """A policy: rows that `measure` of the model puts at the percentile `at_least` or above raise alerts, so many a day."""

    domain: str
    model_id: UUID
    model_number: int
    measure: ModelMeasure
    at_least: float
    daily_cap: int
    severity: str

    @property
    def code(self) -> str:
        """That of the scenario it is a version of."""
        return f"{BY_MODEL}{self.domain}"

    @property
    def title(self) -> str:
        """That of the scenario, which stands on its alerts."""
        return said("Raised by the {domain} model", domain=self.domain)

    def definition(self) -> dict[str, Any]:
        """What the version keeps, in the shape of a scenario's definition."""
        parameters = {
            "model_id": str(self.model_id), "model_number": self.model_number, "measure": str(self.measure),
            "at_least": self.at_least, "daily_cap": self.daily_cap,
        }  # fmt: skip
        return {
            "code": self.code, "title": str(self.title), "typology": str(TYPOLOGY), "severity": self.severity,
            "rationale": str(_RATIONALE), "reference": "", "sentence": "", "rule": {}, "parameters": parameters, "meanings": {},
            "measures": {}, "min_history_days": 0, "domain": self.domain, "cool_down": COOL_DOWN,
        }  # fmt: skip

    def reached_by(self, score: RowScore) -> float:
        """The percentile that decides."""
        return score.unusual if self.measure == ModelMeasure.UNUSUAL else score.percentile


def model_alerts_of(version: ScenarioVersion) -> ModelAlerts:
    """The policy that a version is."""
    told: Mapping[str, Any] = version.definition["parameters"]
    return ModelAlerts(
        version.definition["domain"], UUID(told["model_id"]), told["model_number"], ModelMeasure(told["measure"]),
        told["at_least"], told["daily_cap"], version.severity,
    )  # fmt: skip


def policy_for(model: ModelVersion, *, measure: str, at_least: float, daily_cap: int, severity: str) -> ModelAlerts:
    """A policy for a version of a model."""
    return ModelAlerts(model.domain, model.pk, model.number, ModelMeasure(measure), at_least, daily_cap, severity)


@dataclass(frozen=True)
class Ranked:
    """What an alert is told of: a row that reached the policy's line, in a sentence, and what raised it, one by one."""

    row_id: str
    sentence: str
    trace: list[dict[str, Any]]


def ranked(policy: ModelAlerts, score: RowScore) -> Ranked:
    """The words for a score that reached the line: the model's own reasons, those alone that speak for it."""
    is_unusual = policy.measure == ModelMeasure.UNUSUAL
    reasons = score.explanation["unusual_why"] if is_unusual else score.explanation
    values = {
        "domain": policy.domain, "number": policy.model_number, "rows": domain_of(policy.domain).rows_are,
        "percentile": _below_all(policy.reached_by(score)), "limit": policy.at_least,
    }  # fmt: skip
    sentence = said(
        "The isolation forest of the {domain} model, version {number}, finds this more unusual than {percentile:.2f} of 100 "
        "{rows}; by policy that raises an alert from {limit:.2f} on.",
        **values,
    ) if is_unusual else said(
        "The {domain} model, version {number}, ranks this above {percentile:.2f} of 100 {rows}; by policy that raises an alert "
        "from {limit:.2f} on.",
        **values,
    )  # fmt: skip
    return Ranked(str(score.transaction_id or score.event_id), sentence, _raising(reasons["waterfall"]))


def _below_all(percentile: float) -> float:
    """Never rounded up: nothing is more unusual than itself."""
    return int(percentile * 100) / 100


def _raising(bars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Contributions that speak for the alert as nodes of a trace."""
    return [
        {
            "path": f"/model/{bar['code']}", "depth": 0, "kind": "model", "text": bar["code"], "holds": True,
            "values": [(bar["label"], bar["value"])], "sentence": bar["sentence"],
        }
        for bar in bars
        if bar["amount"] > 0
    ]  # fmt: skip
