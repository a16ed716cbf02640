"""What people declare about the record: a restore from a backup, a new signing key. Each is itself an entry."""

from django.conf import settings
from django.db import transaction

from audit import keys
from audit.actions import define
from audit.anchors.file import FileAnchor
from audit.epochs import RESTORE_DECLARED
from audit.log.checkpoints import parse_checkpoint
from audit.log.notes import Verifier, open_note
from audit.models import AuditAlarm, AuditAnchor, AuditCheckpoint, AuditEntry
from audit.services.recording import record
from core.actor import Actor
from core.clock import now
from core.exceptions import InvalidInput
from core.words import said

KEY_ADDED = define("audit.key_added", "added the signing key {after[key]} to the record's signers")
KEY_RETIRED = define("audit.key_retired", "retired the signing key {after[key]} of the record")


@transaction.atomic
def declare_restore(*, reason: str, by: Actor) -> AuditEntry:
    """Says that the database was restored from a backup: names the lost range and begins a new epoch.

    Raises InvalidInput where the anchor file knows no more than the database: then nothing was lost. Side effects: the
    entry; records of anchors beyond what was kept are dropped with it; open alarms of that kind are cleared.
    """
    note = FileAnchor(settings.AUDIT_ANCHOR_FILE).last()
    anchored = parse_checkpoint(open_note(note, keys.verifiers())) if note else None
    last = AuditCheckpoint.objects.first()
    kept = last.size if last else 0
    if anchored is None or anchored.size <= kept:
        raise InvalidInput("The anchor knows no more than this database: there is no restore to declare.")
    after = {"kept": kept, "anchored": anchored.size, "root": anchored.root.hex(), "origin": anchored.origin}
    AuditAnchor.objects.filter(size__gt=kept).delete()
    AuditAlarm.objects.filter(kind="rolled_back", cleared_at=None).update(
        cleared_at=now(), cleared_by=by.name, resolution="declared as a restore"
    )
    return record(RESTORE_DECLARED, by=by, object_type="audit", object_id="restore", stream="audit:log",
                  after=after, reason=reason)  # fmt: skip


@transaction.atomic
def rotate_signing_key(*, by: Actor, retire: str = "") -> Verifier | None:
    """Adds a signing key, or with `retire` takes the secret of that id away; checkpoints bear every present key's signature.

    Publish the new verifier key before the old one is retired. Raises InvalidInput for an id that does not sign, or the
    last one that does.
    """
    if not retire:
        keys.signers()
        added = keys.make_signing_key()
        record(KEY_ADDED, by=by, object_type="audit", object_id=added.key_id.hex(), stream="audit:log",
               after={"key": added.as_text()})  # fmt: skip
        return added
    present = {signer.verifier.key_id.hex(): signer.verifier for signer in keys.signers()}
    if retire not in present or len(present) == 1:
        raise InvalidInput(
            said(
                "{retire} does not sign here, or nobody else would: the keys are {present}.",
                retire=retire,
                present=", ".join(present),
            )
        )
    record(KEY_RETIRED, by=by, object_type="audit", object_id=retire, stream="audit:log",
           after={"key": present[retire].as_text()})  # fmt: skip
    keys.retire_signing_key(retire)
    return None
