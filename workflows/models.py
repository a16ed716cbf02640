"""Durable runs (design decision 2): the rows are the queue, a broker message is only a hint that one is due."""

from django.db import models
from django.db.models import F, Q

from core.clock import now
from core.models import BaseModel
from workflows.enums import RunState, StepState, Urgency, VersionState, WorkState


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


class Run(BaseModel):
    """One execution of a workflow about one subject (`case`, id). `inputs` are ids; `stream` is its audit stream.

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
    later for a batch, so that a person goes first and a batch still gets its turn.
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
    output = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    failure = models.BooleanField(default=False)
    error = models.TextField(blank=True)

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
    error = models.TextField(blank=True)
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
    answer = models.JSONField()
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.kind


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


class LongWork(BaseModel):
    """An import, a backtest, a bulk change: what takes longer than a request and is watched by who started it.

    `inputs` and `result` hold ids, counts and codes; the file, where there is one, is at `path` until the work ends.
    Claimed like a step: `attempt` counts with the claim, and whoever lost the lease writes nothing more.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    inputs = models.JSONField(default=dict)
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
    result = models.JSONField(default=dict)
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
