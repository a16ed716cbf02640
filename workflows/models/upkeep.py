"""What workers share: periodic tasks, budgets of providers, answers that are kept."""

from django.db import models
from django.db.models import F

from core.clock import now
from core.columns.fields import SealedJSONField


class PeriodicTask(models.Model):
    """When a periodic task ran last. Whoever moves `next_at` on runs it: two workers never run one twice."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = [F("name").asc()]

    def __str__(self) -> str:
        return self.name


class ProviderBudget(models.Model):
    """How many calls a provider may be asked now, shared by every worker: a bucket that fills with time."""

    name = models.CharField(max_length=120, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What was answered outside for a content that is asked once: by another attempt or another run it is not paid again."""

    key = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=60)
    answer = SealedJSONField()
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.kind
