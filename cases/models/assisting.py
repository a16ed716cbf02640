"""Texts that were drafted for people, and what people made of them."""

from django.db import models

from accounts.models import User
from cases.models.case import Case
from core.columns.fields import SealedCharField, SealedJSONField, SealedTextField
from core.models import BaseModel


class TextDraft(BaseModel):
    """A text about a case as a language model, or the template in its place, wrote it.

    `purpose` says what it is for (a name of `cases.assist.purposes`), `holder_id` what holds it where that is not the case.
    `evidence` is what the writer was given: kind, id and sentence each. `lines` are text, faults, and who wrote it.
    `note` says why the template wrote instead. Whose text it became is in `kept_…`; `kept_share` is per cent of words.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="text_drafts")
    purpose = models.CharField(max_length=20)
    holder_id = models.UUIDField(null=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    evidence = SealedJSONField(default=list)
    lines = SealedJSONField(default=list)
    note = SealedCharField(max_length=200, blank=True)
    model = models.CharField(max_length=120, blank=True)
    prompt_version = models.CharField(max_length=60, blank=True)
    prompt_sha256 = models.CharField(max_length=64, blank=True)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True)
    kept_text = SealedTextField(blank=True)
    kept_share = models.PositiveSmallIntegerField(null=True)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)
