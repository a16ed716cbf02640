"""Putting a backup back into an empty installation, saying so on the record, and proving what was put back."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from audit.actions import define
from audit.models import AuditVerification
from audit.services import anchor_checkpoints, declare_restore, place_pending, record, verify_record
from compliance_site.backups.databases import PARTS, database_is_empty, load_database
from compliance_site.backups.files import files_are_empty, unpack, unpack_keys
from compliance_site.backups.manifest import BackupUnusable, Manifest, opened_part, read_manifest
from core.actor import Actor
from core.exceptions import InvalidInput
from documents.selectors import Damage, damaged_documents
from monitoring.selectors import archived_months
from monitoring.services import damaged_months

RESTORED = define("site.restored", "restored the installation from the backup of {after[made_at]}")


@dataclass(frozen=True)
class Restored:
    """What was found after a restore: the verification of the record, whether entries were lost and declared, damaged files."""

    verification: AuditVerification
    declared: bool
    documents: int
    damaged: list[Damage]
    archived: int
    damaged_months: list[str]

    @property
    def is_whole(self) -> bool:
        return not (self.verification.faults or self.damaged or self.damaged_months)


def restore_backup(folder: Path) -> Manifest:
    """Loads database and files from the backup. Nothing else of the product runs meanwhile.

    Raises BackupUnusable before anything is changed: for a part that was changed, a dump of another kind of database, a
    database that has tables or a folder that has documents. Afterwards a new process, which reads the keys anew, has to
    `declare_and_verify`.
    """
    manifest = read_manifest(folder)
    if manifest.vendor != connection.vendor:
        raise BackupUnusable(f"the backup is of {manifest.vendor}, this installation has {connection.vendor}")
    if not (database_is_empty() and files_are_empty()):
        raise BackupUnusable("the target is not empty: a backup is restored into an empty database and data folder")
    with tempfile.TemporaryDirectory() as clear:
        parts = {
            name: opened_part(folder / name, Path(clear)) if manifest.sealed else folder / name
            for name in manifest.parts
        }
        load_database(parts[PARTS[manifest.vendor]])
        unpack(parts["files.tar"])
        unpack(parts["anchors.tar"])
        if "keys.tar" in parts:
            unpack_keys(parts["keys.tar"])
    return manifest


def declare_and_verify(*, manifest: Manifest, reason: str, by: Actor) -> Restored:
    """Says on the record that this is a restore, naming the lost range where an anchor knows of one, and verifies everything.

    Side effects, in order: the declaration, the entry, both placed in the tree and anchored, the verification's row.
    """
    try:
        declare_restore(reason=reason, by=by)
        declared = True
    except InvalidInput:  # no anchor here knows more than the backup
        declared = False
    with transaction.atomic():
        record(RESTORED, by=by, object_type="backup", object_id="restore", stream="audit:log", reason=reason,
               after={"made_at": manifest.made_at, "entries": manifest.entries})  # fmt: skip
    while place_pending():
        anchor_checkpoints()
    documents, damaged = damaged_documents()
    return Restored(verify_record(), declared, documents, damaged, archived_months().count(), damaged_months())
