"""What must leave the process, and what people are told in the product."""

from django.db import models

from accounts.models import User
from core.ids import new_id
from core.models import BaseModel


class OutboxState(models.TextChoices):
    PENDING = "pending", "Pending"
    SENT = "sent", "Sent"
    DEAD = "dead", "Given up"


class Outbox(BaseModel):
    """A message written in the transaction of its cause, sent by a worker after the commit. `payload` holds ids only."""

    event_uuid = models.UUIDField(unique=True, default=new_id, editable=False)
    channel = models.CharField(max_length=20)
    event = models.CharField(max_length=40)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=OutboxState.choices, default=OutboxState.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    run_at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "outbox"
        indexes = [models.Index(fields=["run_at"], condition=models.Q(state=OutboxState.PENDING), name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.channel} {self.event}"


class Notification(BaseModel):
    """What a person is told in the product; `url` is where it leads."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    text = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["person", "read_at"], name="notification_unread")]

    def __str__(self) -> str:
        return str(self.pk)
