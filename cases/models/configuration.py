"""What administrators set: queues with their people, reason codes, the decision policy, blueprints."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.enums import BlueprintKind
from core.models import BaseModel


class Queue(BaseModel):
    """Where cases wait for a team. `sla_hours` counts where no row of the deadlines does; hours of `calendar`."""

    name = models.CharField(max_length=80, unique=True)
    sla_hours = models.PositiveIntegerField(default=48)
    calendar = models.CharField(max_length=40, default="office")
    auto_assign = models.BooleanField(default=False)
    members = models.ManyToManyField(User, through="QueueMember", related_name="queues")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QueueMember(BaseModel):
    """A person of a queue's team; a queue without members is everybody's. `cap` replaces the general one."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    cap = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "person"], name="member_once_per_queue")]

    def __str__(self) -> str:
        return str(self.pk)


class Absence(BaseModel):
    """A person takes no new cases until they say otherwise, or until `until`."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="absence")
    until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Blueprint(BaseModel):
    """A published version of one kind of blueprint (shapes: `cases.blueprints`). One of a kind is in force."""

    kind = models.CharField(max_length=20, choices=BlueprintKind.choices)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    in_force = models.BooleanField(default=True)
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="blueprint_number_once_a_kind"),
            models.UniqueConstraint(fields=["kind"], condition=Q(in_force=True), name="one_blueprint_in_force_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class DecisionPolicy(BaseModel):
    """A published version of what a machine may approve alone and who must approve what (shape: `cases.policies`)."""

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField()
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "decision policies"

    def __str__(self) -> str:
        return f"decision policy {self.number}"


class ReasonCode(BaseModel):
    """A reason that a decision may give, as administrators word it.

    A reason to dismiss says as what it closes the open alerts (`monitoring.enums`).
    """

    code = models.CharField(max_length=40, unique=True)
    sentence = models.CharField(max_length=200)
    kinds = models.JSONField(help_text="the decisions it may be given for")
    is_active = models.BooleanField(default=True)
    alert_disposition = models.CharField(max_length=15, blank=True)
    alert_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.sentence
