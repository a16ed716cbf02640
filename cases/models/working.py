"""Working together on cases: comments, tags, checklists, views somebody saved, what was done to many at once."""

from django.db import models

from accounts.models import User
from cases.enums import BulkVerb
from cases.models.case import Case
from core.columns.fields import SealedJSONField, SealedTextField
from core.models import BaseModel


class Comment(BaseModel):
    """What somebody wrote on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Tag(BaseModel):
    """A word that people put on cases, in lower case."""

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CaseTag(BaseModel):
    """A tag on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["tag__name"]
        constraints = [models.UniqueConstraint(fields=["case", "tag"], name="tag_once_per_case")]
        indexes = [models.Index(fields=["tag", "case"], name="tagged_cases")]

    def __str__(self) -> str:
        return str(self.pk)


class ChecklistTick(BaseModel):
    """An item of the checklist that somebody ticked on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ticks")
    code = models.CharField(max_length=40)
    ticked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="tick_once_per_item")]

    def __str__(self) -> str:
        return self.code


class SavedView(BaseModel):
    """Filters of the queue under a name, for their owner or for everybody. `query` holds no personal data."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    title = models.CharField(max_length=60)
    query = SealedJSONField()
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["owner", "title"], name="saved_view_title_once")]

    def __str__(self) -> str:
        return self.title


class BulkAction(BaseModel):
    """One thing done to several cases: what came of each, and what each was before, so that it can be undone."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=10, choices=BulkVerb.choices)
    rows = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.verb
