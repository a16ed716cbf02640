"""What takes longer than a request."""

from django.db import models
from django.db.models import Q

from core.columns.fields import SealedJSONField
from core.models import BaseModel
from workflows.enums import WorkState


class LongWork(BaseModel):
    """An import, a backtest, a bulk change: what takes longer than a request and is watched by who started it.

    `inputs` and `result` hold ids, counts and codes; the file, where there is one, is at `path` until the work ends.
    Claimed like a step: `attempt` counts with the claim, and whoever lost the lease writes nothing more.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    inputs = SealedJSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)
    started_by = models.JSONField()
    started_by_key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.PENDING)
    stage = models.CharField(max_length=120, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    samples = models.JSONField(default=list)
    cancel_requested = models.BooleanField(default=False)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = SealedJSONField(default=dict)
    result_url = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=300, blank=True)
    faults = models.JSONField(default=list)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "long work"
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state__in=[WorkState.PENDING, WorkState.RUNNING]), name="work_due"
            ),
            models.Index(fields=["started_by_key", "-created_at"], name="work_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in {WorkState.PENDING, WorkState.RUNNING}
