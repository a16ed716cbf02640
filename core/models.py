"""Abstract bases of every table that is not the audit log."""

from django.db import models
from django.db.models import F

from core.exceptions import Conflict
from core.ids import new_id


class BaseModel(models.Model):
    """A row with a time-ordered UUID key and its time of creation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        abstract = True


class VersionedModel(BaseModel):
    """A row that several people may edit: `version` counts its changes for optimistic locking."""

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def claim_version(self, expected: int | None = None) -> None:
        """Moves the row to the next version in the database, or raises Conflict where somebody did so first.

        `expected` is the version the caller saw (from a form or If-Match); None takes the one this instance was read
        with. Call inside the transaction that changes the row, before `save`.
        """
        seen = self.version if expected is None else expected
        moved = type(self)._default_manager.filter(pk=self.pk, version=seen).update(version=F("version") + 1)
        if not moved:
            raise Conflict("This has been changed by somebody else since you opened it.", extra={"expected": seen})
        self.version = seen + 1
