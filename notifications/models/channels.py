"""Channels that are set up: where to, with which secrets, and how the way there is."""

from django.db import models

from accounts.models import ApiClient, User
from core.models import BaseModel, VersionedModel


class Destination(VersionedModel):
    """A place outside that hears of events: a room in a chat, a team's mailbox, an on-call service, a program.

    `sealed` is its address (often itself a secret), `shown` what of it people may see. `events` are the codes it hears,
    `queues` the queues it hears of (none: all). A destination of an API client hears only of what that client sent.
    """

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    sealed = models.TextField()
    shown = models.CharField(max_length=120)
    events = models.JSONField(default=list)
    queues = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    disabled_reason = models.CharField(max_length=200, blank=True)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, null=True, related_name="destinations")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SigningSecret(BaseModel):
    """A key that messages to a program are signed with. After a rotation the former one signs too, until `expires_at`."""

    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="signing_secrets")
    sealed = models.TextField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Lane(models.Model):
    """The way to one destination: one message at a time (`busy_until`), none at all while the circuit is open."""

    name = models.CharField(max_length=60, primary_key=True)
    busy_until = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
