"""Lists that rules look into, their versions and entries."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import User
from core.clock import now
from core.history import person_of
from core.models import BaseModel
from core.words import said
from monitoring.enums import ListHolds, ListState


class RuleList(BaseModel):
    """A list by the name that rules call it. What is on it is in its versions."""

    name = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    holds = models.CharField(max_length=10, choices=ListHolds.choices, default=ListHolds.TEXTS)
    purpose = models.TextField(max_length=1000)
    source = models.CharField(max_length=200, blank=True)

    history = HistoricalRecords(get_user=person_of)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.name


class RuleListVersion(BaseModel):
    """What is on a list from `live_from` until `live_until`; a draft was in force never.

    `in_force_from` is the day that people want it to begin with; without one it begins with its approval. `LIVE` is the
    newest that was approved: it may begin later, and then the one before is in force until that moment.
    """

    rule_list = models.ForeignKey(RuleList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.DRAFT)
    in_force_from = models.DateField(null=True)
    live_from = models.DateTimeField(null=True, db_index=True)
    live_until = models.DateTimeField(null=True)
    drafted_by = models.CharField(max_length=150)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule_list", "number"], name="rule_list_version_number"),
            models.UniqueConstraint(
                fields=["rule_list"], condition=Q(state=ListState.LIVE), name="one_live_version_per_rule_list"
            ),
            models.UniqueConstraint(
                fields=["rule_list"], condition=Q(state__in=[ListState.DRAFT, ListState.PROPOSED]),
                name="one_open_version_per_rule_list",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="list_version_approved_by_another"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rule_list_id} v{self.number}"

    @property
    def is_ahead(self) -> bool:
        """Whether it is approved and not yet in force."""
        return self.live_from is not None and self.live_from > now()

    @property
    def is_in_force(self) -> bool:
        """Whether rows of now are judged by it."""
        if self.live_from is None or self.live_from > now():
            return False
        return self.state == ListState.LIVE or (self.live_until is not None and self.live_until > now())

    @property
    def standing(self) -> str:
        """Its state in a word or two, as of now."""
        if self.is_ahead:
            return said("approved ahead")
        return said("in force") if self.is_in_force else str(self.get_state_display()).lower()


class RuleListEntry(BaseModel):
    """A value on a version of a list, and why it is there."""

    version = models.ForeignKey(RuleListVersion, on_delete=models.CASCADE, related_name="entries")
    value = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["value"]
        verbose_name_plural = "rule list entries"
        constraints = [models.UniqueConstraint(fields=["version", "value"], name="rule_list_entry_value")]

    def __str__(self) -> str:
        return self.value
