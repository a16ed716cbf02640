"""Uploaded files and the mappings of their columns."""

from uuid import UUID

from django.db import models

from accounts.models import User
from core.columns.fields import SealedCharField
from core.models import BaseModel
from monitoring.enums import ImportState
from monitoring.models.transactions import Ingest


class ColumnMapping(BaseModel):
    """How the columns of a file become cells of a target, under a name; saving it again makes the next version."""

    name = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    target = models.CharField(max_length=20)
    definition = models.JSONField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name", "-number"]
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="mapping_version")]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class FileImport(BaseModel):
    """A file that somebody uploaded: looked at first, then taken in by a worker. `path` is below the data folder.

    `mapping` is that of a table; `customer_external_id` says whose the rows are where the file does not, `operator_id` who did
    what a log of a process has no resource for.
    """

    file_name = SealedCharField(max_length=200)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200, blank=True)
    format = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    mapping = models.JSONField(null=True)
    customer_external_id = models.CharField(max_length=100, blank=True)
    operator_id = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.LOOKED_AT)
    rows_read = models.PositiveIntegerField(default=0)
    work_id: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(null=True)
    ingest = models.OneToOneField(Ingest, on_delete=models.PROTECT, null=True, related_name="file_import")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.file_name)
