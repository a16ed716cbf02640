"""What must leave the process, and every attempt to have it leave."""

from django.db import models

from core.columns.fields import SealedCharField, SealedJSONField, SealedTextField
from core.ids import new_id
from core.models import BaseModel
from notifications.enums import OutboxState, Outcome
from notifications.models.channels import Destination

_PENDING = models.Q(state=OutboxState.PENDING)


class Outbox(BaseModel):
    """A message written in the transaction of its cause, sent by a worker after the commit. `payload` holds ids, case
    numbers and addresses of pages, never personal data.

    `lane` is the queue it stands in: one a destination, so that a dead one holds nobody else up. `key` keeps a cause
    from being told twice. `unanswered`: an attempt began of which nobody knows how it ended.
    """

    event_uuid = models.UUIDField(unique=True, default=new_id, editable=False)
    channel = models.CharField(max_length=20)
    event = models.CharField(max_length=40)
    payload = SealedJSONField()
    state = models.CharField(max_length=10, choices=OutboxState.choices, default=OutboxState.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    run_at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    lane = models.CharField(max_length=60, default="")
    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, null=True, related_name="messages")
    key = models.CharField(max_length=200, null=True, unique=True)
    unanswered = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "outbox"
        indexes = [
            models.Index(fields=["run_at"], condition=_PENDING, name="outbox_due"),
            models.Index(fields=["lane", "run_at"], condition=_PENDING, name="outbox_lane_due"),
            models.Index(fields=["destination", "-created_at"], name="outbox_of_destination"),
            models.Index(fields=["state", "channel", "-created_at"], name="outbox_log"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.event}"


class Attempt(BaseModel):
    """One try to deliver a message: what was sent without its secrets, what was answered, how long it took."""

    message = models.ForeignKey(Outbox, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    request = SealedTextField(blank=True)
    answer = SealedCharField(max_length=500, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.number}"
