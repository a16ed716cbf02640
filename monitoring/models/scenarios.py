"""Scenarios and their versions."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import User
from core.history import person_of
from core.models import BaseModel
from monitoring.enums import ScenarioState, Severity

BY_MODEL = "model:"  # begins the code of what a model raises by itself


class Scenario(BaseModel):
    """A configured typology. What it looks for is in its live version."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    typology = models.CharField(max_length=20)

    history = HistoricalRecords(get_user=person_of)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.code

    @property
    def is_by_model(self) -> bool:
        """Whether a model raises its alerts and no rule does; no scenario that people write has such a code."""
        return self.code.startswith(BY_MODEL)


class ScenarioVersion(BaseModel):
    """One version of a scenario: rule, parameters, words. Findings are pinned to it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    state = models.CharField(max_length=10, choices=ScenarioState.choices, default=ScenarioState.LIVE)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    published_by = models.CharField(max_length=150)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    backtest = models.JSONField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_number"),
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(state=ScenarioState.LIVE), name="one_live_version_per_scenario"
            ),
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(state=ScenarioState.SHADOW), name="one_shadow_version_per_scenario"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="version_approved_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} v{self.number}"

    @property
    def is_by_model(self) -> bool:
        """Whether it is a policy by which a model raises alerts; it has no rule then (`monitoring.alerting`)."""
        return str(self.definition.get("code", "")).startswith(BY_MODEL)
