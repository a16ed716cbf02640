"""Closed sets of the workflows app."""

from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices


class VersionState(TextChoices):
    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Waiting for approval"
    ACTIVE = "active", "Active"
    RETIRED = "retired", "Retired"
    DISCARDED = "discarded", "Given up"


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


class Urgency(IntegerChoices):
    """Who waits for a run: somebody at a screen or behind a program, nobody yet, or a batch of the night."""

    PERSON = 0, "A person waits"
    NORMAL = 1, "In its turn"
    BATCH = 2, "Batch"


PATIENCE = {Urgency.PERSON: timedelta(0), Urgency.NORMAL: timedelta(minutes=1), Urgency.BATCH: timedelta(minutes=10)}


class WorkState(TextChoices):
    PENDING = "pending", "Waiting for a worker"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
