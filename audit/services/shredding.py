"""Destroying a data subject's key: what the record holds of them can no longer be read, and still proves (crypto-shredding)."""

from uuid import UUID

from django.db import transaction

from audit.actions import define
from audit.models import SubjectKey
from audit.services.recording import record
from core.actor import Actor

KEY_DESTROYED = define("audit.subject_key_destroyed", "destroyed the key of a data subject: {after[reason]}")


@transaction.atomic
def destroy_subject_key(*, subject_id: UUID, reason: str, by: Actor) -> None:
    """Makes everything sealed for this subject unreadable for good. `reason` holds no personal data.

    Side effects: the key emptied (the row stays, so that none is made anew), an audit entry. Backups of the key's table
    must not outlive the erasure: keep them shorter than the rest.
    """
    SubjectKey.objects.update_or_create(pk=subject_id, defaults={"wrapped": None})
    record(KEY_DESTROYED, by=by, object_type="subject", object_id=subject_id, after={"reason": reason})
