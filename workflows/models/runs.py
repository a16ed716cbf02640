"""Runs, their steps and every attempt; trials of a version on a past run."""

from django.db import models
from django.db.models import Q

from core.clock import now
from core.columns.fields import SealedJSONField, SealedTextField
from core.models import BaseModel
from workflows.enums import RunState, StepState, Urgency
from workflows.models.definitions import WorkflowVersion


class Run(BaseModel):
    """One execution of a workflow about one subject (`case`, id). `inputs` are ids; `stream` is its audit stream.

    `traceparent` is the W3C context of the request that started it, empty where none was traced.
    `start_key` names what started it where that may be told twice: the same key never starts a second run.
    """

    version = models.ForeignKey(WorkflowVersion, on_delete=models.PROTECT, related_name="runs")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    inputs = models.JSONField(default=dict)
    stream = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    started_by = models.JSONField()
    start_key = models.CharField(max_length=200, null=True, unique=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.PERSON)
    finished_at = models.DateTimeField(null=True)
    traceparent = models.CharField(max_length=60, blank=True, default="")
    replay_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replays")

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="run_subject"),
            models.Index(fields=["state", "-created_at"], name="run_state"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StepRun(BaseModel):
    """One step of a run, or one item of it. Claimed with `attempt + 1`, so that a killed worker counts; fenced by that attempt.

    `number` counts the items of a `for_each` from 0 and is 0 without one. A waiting step with a `failure` waits because it
    was given up and its definition parks it. `place_at` is its place in the queue of due steps: when it was first due,
    later for a batch, so that a person goes first and a batch still gets its turn. `output_ids` are the ids in the output
    of a step that waits, by their names: it is found by them.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)
    item = models.JSONField(null=True)
    name = models.CharField(max_length=120)
    action = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    run_at = models.DateTimeField()
    place_at = models.DateTimeField(default=now)
    lease_until = models.DateTimeField(null=True)
    owner = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    output = SealedJSONField(default=dict)
    output_ids = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    failure = models.BooleanField(default=False)
    error = SealedTextField(blank=True)

    class Meta:
        ordering = ["run", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "name", "number"], name="step_item_once_per_run"),
            models.CheckConstraint(
                condition=~Q(state=StepState.RUNNING) | Q(lease_until__isnull=False), name="running_step_has_a_lease"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state=StepState.DEAD) | Q(state=StepState.WAITING, failure=True),
                name="step_given_up",
            ),
            models.Index(fields=["run_at"], condition=Q(state=StepState.PENDING), name="step_due"),
            models.Index(fields=["place_at"], condition=Q(state=StepState.PENDING), name="step_place"),
            models.Index(fields=["lease_until"], condition=Q(state=StepState.RUNNING), name="step_lease"),
            models.Index(fields=["action"], condition=Q(state=StepState.WAITING), name="step_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def is_given_up(self) -> bool:
        return self.state == StepState.DEAD or (self.state == StepState.WAITING and self.failure)


class StepAttempt(BaseModel):
    """One attempt of a step that came to an end, written by whoever made it; one whose worker was killed leaves none.

    `state` is what the step became by it; `error` is a traceback, for administrators; `lines` are its log lines.
    """

    step = models.ForeignKey(StepRun, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=StepState.choices)
    owner = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    error = SealedTextField(blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.step_id} {self.number}"


class Trial(BaseModel):
    """A version tried on a past run without effects. `result` holds states, ids, counts and codes by step."""

    version = models.ForeignKey(WorkflowVersion, on_delete=models.CASCADE, related_name="trials")
    revision = models.PositiveIntegerField(default=0)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="trials")
    work = models.ForeignKey("LongWork", on_delete=models.SET_NULL, null=True)
    result = models.JSONField(default=dict)
    started_by = models.JSONField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version_id} on {self.run_id}"
