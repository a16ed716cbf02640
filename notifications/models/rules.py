"""What administrators shape: who hears what, in which words; and conditions that are watched."""

from django.db import models

from accounts.models import User
from core.columns.fields import SealedJSONField
from core.models import BaseModel, VersionedModel


class EventRule(VersionedModel):
    """Who hears of an event beside those it concerns. Without a row, what the catalogue says."""

    event = models.CharField(max_length=40, unique=True)
    is_on = models.BooleanField(default=True)
    roles = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.event


class MessageText(BaseModel):
    """A version of the words for an event in a language; the highest number is in force."""

    event = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=150)
    body = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["event", "language", "number"], name="message_text_once")]

    def __str__(self) -> str:
        return f"{self.event} {self.language} {self.number}"


class Condition(BaseModel):
    """Something that is wrong for a while and was told: a list gone stale, a deadline passed. `key` names it."""

    key = models.CharField(max_length=160)
    event = models.CharField(max_length=40)
    data = SealedJSONField(default=dict)
    path = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    subject = ""  # in words, where a page shows it

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(ended_at=None), name="condition_open_once")
        ]

    def __str__(self) -> str:
        return self.key
