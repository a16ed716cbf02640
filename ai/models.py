"""What was asked of a language model, and what it answered."""

from django.db import models

from core.models import BaseModel


class CallState(models.TextChoices):
    ANSWERED = "answered", "Answered"
    FAILED = "failed", "Failed"
    INVALID = "invalid", "Answer not of the asked shape"


class AiCall(BaseModel):
    """One call. `input_sha256` covers prompt and material: a repeated step finds what it already paid for.

    The answer stands in clear in `answer` only where it is about nobody; else it is `sealed` under the key of the data
    subject `subject_id`, so that destroying the key destroys it here too. `cause` is the id of the request or run that asked.
    """

    purpose = models.CharField(max_length=60)
    model = models.CharField(max_length=120)
    prompt_version = models.CharField(max_length=60)
    prompt_sha256 = models.CharField(max_length=64)
    input_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=CallState.choices)
    answer = models.JSONField(null=True)
    subject_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=64, blank=True)
    sealed = models.TextField(blank=True)
    error = models.CharField(max_length=200, blank=True)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["input_sha256", "model", "state"], name="ai_call_answered_before"),
            models.Index(fields=["model", "-created_at"], name="ai_call_newest"),
            models.Index(fields=["cause"], name="ai_call_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"
