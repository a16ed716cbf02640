"""Lists that rules look into, their versions and entries."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import User
from core.history import person_of
from core.models import BaseModel
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
    """What was on a list from `live_from` until the next version came in force; a draft was in force never."""

    rule_list = models.ForeignKey(RuleList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.DRAFT)
    live_from = models.DateTimeField(null=True, db_index=True)
    drafted_by = models.CharField(max_length=150)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

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
