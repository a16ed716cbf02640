"""Closed sets of the workflows app."""

from django.db.models import TextChoices


class VersionState(TextChoices):
    ACTIVE = "active", "Active"
    RETIRED = "retired", "Retired"


class RunState(TextChoices):
    RUNNING = "running", "Running"
    WAITING = "waiting", "Waiting for a person"
    DONE = "done", "Done"
    DEAD = "dead", "Stopped by an error"
    CANCELLED = "cancelled", "Cancelled"


class StepState(TextChoices):
    PENDING = "pending", "Pending"
    RUNNING = "running", "Running"
    WAITING = "waiting", "Waiting for a person"
    DONE = "done", "Done"
    DEAD = "dead", "Stopped by an error"
    CANCELLED = "cancelled", "Cancelled"
    SKIPPED = "skipped", "Left out"
    FAILED = "failed", "Failed, the run went on"


class WorkState(TextChoices):
    PENDING = "pending", "Waiting for a worker"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
