"""Watchlists, their versions and entries, where they come from, and what people change of the lists of one's own."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import BaseModel, VersionedModel
from screening.enums import ChangeKind, DraftState, ListKind, ListState


class Watchlist(BaseModel):
    """A list that parties are screened against, such as OFAC SDN."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=15, choices=ListKind.choices)
    format = models.CharField(max_length=30)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ListVersion(BaseModel):
    """One import of a list. Exactly one is active; the last good one stays so until a better one is.

    `doubts` say why a person must approve it first; `added`, `changed` and `removed` count its difference to `base`.
    """

    watchlist = models.ForeignKey(Watchlist, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    entry_count = models.PositiveIntegerField()
    name_count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.STAGED)
    warnings = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    source = models.CharField(max_length=500, blank=True)
    base = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    added = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    removed = models.PositiveIntegerField(null=True)
    imported_by = models.CharField(max_length=150)
    approved_by = models.CharField(max_length=150, blank=True)
    activated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["watchlist", "number"], name="list_version_number"),
            models.UniqueConstraint(
                fields=["watchlist"], condition=Q(state=ListState.ACTIVE), name="one_active_version_per_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.watchlist_id} v{self.number}"


class ListEntry(BaseModel):
    """A listed party, in FollowTheMoney's words. `position` is its number in the index of its version.

    `content_sha` is of everything said of it, `identity_sha` of what identifies it (see `screening.fingerprints`).
    """

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    source_id = models.CharField(max_length=120)
    schema = models.CharField(max_length=20)
    name = models.CharField(max_length=500)
    aliases = models.JSONField(default=list)
    weak_aliases = models.JSONField(default=list)
    birth_dates = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    id_numbers = models.JSONField(default=list)
    addresses = models.JSONField(default=list)
    gender = models.CharField(max_length=10, blank=True)
    programs = models.JSONField(default=list)
    remarks = models.TextField(blank=True)
    positions = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    referents = models.JSONField(default=list)
    expires_on = models.DateField(null=True)
    content_sha = models.CharField(max_length=32, blank=True)
    identity_sha = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "list entries"
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="entry_position_once")]
        indexes = [models.Index(fields=["version", "source_id"], name="entry_source")]

    def __str__(self) -> str:
        return self.source_id


class EntryChange(BaseModel):
    """What became of one entry from the base of a version to the version. `fields` names what differs.

    `material` changes may make or end a match; remarks and addresses do not.
    """

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="changes")
    source_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    material = models.BooleanField()
    fields = models.JSONField(default=list)
    former = models.ForeignKey(ListEntry, on_delete=models.CASCADE, null=True, related_name="+")
    entry = models.ForeignKey(ListEntry, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["kind", "source_id"]
        constraints = [models.UniqueConstraint(fields=["version", "source_id"], name="change_once_per_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"


class ListSource(VersionedModel):
    """Where a list is fetched from, how often, and how that went. A failed fetch leaves the active version as it is.

    `location` is one URL a line, or a path in the folder of lists; `validators` are the servers' ETags by URL.
    """

    watchlist = models.OneToOneField(Watchlist, on_delete=models.CASCADE, related_name="source")
    location = models.TextField()
    every_hours = models.PositiveSmallIntegerField(default=24)
    activates_itself = models.BooleanField(default=True)
    is_enabled = models.BooleanField(default=True)
    next_fetch_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    validators = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["watchlist__name"]

    def __str__(self) -> str:
        return str(self.pk)


class EntryDraft(VersionedModel):
    """A change of a list of one's own that one person proposed and another decides: an entry as it shall be, or its end."""

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="drafts")
    source_id = models.CharField(max_length=120)
    removes = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    expires_on = models.DateField(null=True)
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=DraftState.choices, default=DraftState.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")), name="draft_four_eyes"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
