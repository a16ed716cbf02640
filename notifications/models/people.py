"""What people are told, and how they want to be told."""

from django.db import models

from accounts.models import User
from core.columns.fields import SealedCharField, SealedJSONField
from core.models import BaseModel
from notifications.enums import Digest


class Notification(BaseModel):
    """What a person is told in the product; `url` is where it leads. `data` is what its texts may name: no personal data.

    `mail_due_at`: an e-mail about it is held back until then, for a digest or the end of quiet hours.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    event = models.CharField(max_length=40, default="")
    data = SealedJSONField(default=dict)
    text = SealedCharField(max_length=200)
    url = models.CharField(max_length=200)
    key = models.CharField(max_length=200, null=True)
    is_shown = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)

    mails_now = False  # of a row being made: an e-mail goes at once

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="person_told_once")]
        indexes = [
            models.Index(fields=["person", "read_at"], name="notification_unread"),
            models.Index(
                fields=["mail_due_at"], condition=models.Q(mail_due_at__isnull=False), name="notification_mail"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Preferences(BaseModel):
    """How a person wants to be told. `muted` lists `event:channel` pairs; what is urgent stays in the product always."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notification_preferences")
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=40, default="UTC")
    digest = models.CharField(max_length=8, choices=Digest.choices, default=Digest.NONE)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    muted = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.person_id)
