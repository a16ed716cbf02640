"""Workflows, their versions and when they start by the clock."""

from django.db import models
from django.db.models import Q

from core.models import BaseModel
from workflows.enums import VersionState


class Workflow(BaseModel):
    """A named definition; its text lives in its versions. `hook_generation` counts the renewals of its webhook's secret."""

    name = models.CharField(max_length=120, unique=True)
    trigger = models.CharField(max_length=60)
    hook_generation = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WorkflowVersion(BaseModel):
    """One text of a workflow: drafted, proposed, approved by another person, active. A run is pinned to its version.

    `published_by` is who wrote it, `author_key` their account; a draft's `revision` counts its changes, so that nobody
    overwrites what somebody else has changed meanwhile.
    """

    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.ACTIVE)
    published_by = models.CharField(max_length=150)
    author_key = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, blank=True)
    activated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["workflow", "number"], name="workflow_version_number"),
            models.UniqueConstraint(
                fields=["workflow"], condition=Q(state=VersionState.ACTIVE), name="one_active_version_per_workflow"
            ),
            models.UniqueConstraint(
                fields=["workflow"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.PROPOSED]),
                name="one_draft_per_workflow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workflow_id} v{self.number}"

    @property
    def is_open(self) -> bool:
        """True while it may still be changed or decided on."""
        return self.state in {VersionState.DRAFT, VersionState.PROPOSED}


class WorkflowSchedule(BaseModel):
    """When a scheduled workflow starts next. Whoever moves `next_at` on starts it: two schedulers never start one twice."""

    workflow = models.OneToOneField(Workflow, on_delete=models.CASCADE, related_name="schedule")
    cron = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60)
    next_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(null=True)
    catch_up = models.CharField(max_length=10, default="once")

    class Meta:
        ordering = ["next_at"]

    def __str__(self) -> str:
        return f"{self.workflow_id} {self.cron}"
