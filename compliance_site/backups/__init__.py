"""Backups of the whole installation: database and files, made while it runs, and put back into an empty one.

A backup is a folder: `anchors.tar`, `database.dump` or `database.sqlite3`, `files.tar`, with `--with-keys` `keys.tar`, and
`manifest.json` with the SHA-256 of each. Anchors are copied first, the database second, files last: no anchor then knows
more than the database, and every document the database names was written before it.
"""

from compliance_site.backups.making import make_backup
from compliance_site.backups.manifest import BackupUnusable, Manifest, read_manifest
from compliance_site.backups.restoring import Restored, declare_and_verify, restore_backup

__all__ = [
    "BackupUnusable", "Manifest", "Restored", "declare_and_verify", "make_backup", "read_manifest", "restore_backup",
]  # fmt: skip
