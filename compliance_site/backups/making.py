"""Making a backup while the installation runs."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from audit.actions import define
from audit.models import AuditEntry
from audit.services import record
from compliance_site.backups.databases import dump_database
from compliance_site.backups.files import pack_anchors, pack_files, pack_keys
from compliance_site.backups.manifest import BackupUnusable, Manifest, digest_of, seal_part, write_manifest
from core.actor import Actor
from core.clock import now
from core.version import code_version

BACKUP_MADE = define("site.backup_made", "made a backup ({after[parts]} parts, {after[bytes]} bytes)")


def make_backup(*, folder: Path, by: Actor, with_keys: bool = False) -> Manifest:
    """Makes the backup in `folder`, which is new; the manifest comes last, so one that broke off is none.

    Side effects: the files, readable by this account alone, and an entry of the record after them. Raises BackupUnusable:
    for a folder that is there, a tool that failed, or keys that would lie there unsealed.
    """
    if with_keys and not settings.BACKUP_KEY:
        raise BackupUnusable("keys go only into a sealed backup: set PROBITY_BACKUP_KEY")
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise BackupUnusable(f"{folder} is there already") from error
    made_at, entries = now(), _newest_entry()
    parts = _parts(folder, with_keys)
    size = sum(path.stat().st_size for path in parts)
    for path in parts:
        if settings.BACKUP_KEY:
            seal_part(path)
        path.chmod(0o600)
        _sync(path)
    digests = {path.name: digest_of(path) for path in parts}
    manifest = Manifest(
        made_at.isoformat(), code_version(), connection.vendor, entries, bool(settings.BACKUP_KEY), digests
    )
    write_manifest(folder, manifest)
    _sync(folder)
    with transaction.atomic():
        record(BACKUP_MADE, by=by, object_type="backup", object_id=made_at.strftime("%Y%m%dT%H%M%SZ"), stream="config",
               after={"parts": len(parts), "bytes": size})  # fmt: skip
    return manifest


def _parts(folder: Path, with_keys: bool) -> list[Path]:
    """In the order that makes them fit each other."""
    anchors, files, keys = folder / "anchors.tar", folder / "files.tar", folder / "keys.tar"
    pack_anchors(anchors)
    database = dump_database(folder)
    pack_files(files)
    if with_keys:
        pack_keys(keys)
    return [anchors, database, files, *([keys] if with_keys else [])]


def _newest_entry() -> int:
    """The newest entry before the dump: what is restored has at least this one."""
    newest = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
