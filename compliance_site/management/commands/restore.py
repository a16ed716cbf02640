"""`manage.py restore FOLDER --by NAME --reason TEXT`: a backup into an empty installation, declared and verified."""

import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from compliance_site.backups import BackupUnusable, declare_and_verify, read_manifest, restore_backup
from core.actor import Actor, ActorKind


class Command(BaseCommand):
    help = "Restores a backup into an empty database and data folder, says so on the record, and verifies record and files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--by", required=True, help="who restores")
        parser.add_argument("--reason", required=True, help="why")
        parser.add_argument("--verify-only", action="store_true", help="what is loaded already: declare and verify it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads, then goes on in a new process: this one read its keys before the backup's were there."""
        try:
            if options["verify_only"]:
                self._verify(options)
            else:
                self._load(options)
        except BackupUnusable as error:
            raise CommandError(str(error)) from error

    def _load(self, options: dict[str, Any]) -> None:
        began = time.monotonic()
        restore_backup(options["folder"])
        self.stdout.write(f"loaded in {time.monotonic() - began:.1f} s; verifying")
        self.stdout.flush()
        again = [
            "restore",
            str(options["folder"]),
            "--by",
            options["by"],
            "--reason",
            options["reason"],
            "--verify-only",
        ]
        if subprocess.run([sys.executable, sys.argv[0], *again], check=False).returncode:  # noqa: S603 - this program
            raise CommandError("what was restored is not whole")

    def _verify(self, options: dict[str, Any]) -> None:
        began = time.monotonic()
        manifest = read_manifest(options["folder"])
        call_command("migrate", verbosity=0, interactive=False)
        by = Actor(ActorKind.SYSTEM, "console", options["by"][:150])
        found = declare_and_verify(manifest=manifest, reason=options["reason"], by=by)
        lost = "entries after it were lost, and that is declared" if found.declared else "no anchor here knows of more"
        self.stdout.write(
            f"record: {found.verification.entries} entries, {len(found.verification.faults)} faults; {lost}"
        )
        self.stdout.write(f"documents: {found.documents}, damaged or missing {len(found.damaged)}")
        for damage in found.damaged[:20]:
            self.stderr.write(f"  document {damage.document_id}: {damage.what}")
        told = f", damaged or missing: {', '.join(found.damaged_months)}" if found.damaged_months else ", none damaged"
        self.stdout.write(f"archived months: {found.archived}{told}")
        self.stdout.write(f"verified in {time.monotonic() - began:.1f} s")
        if not found.is_whole:
            raise CommandError("what was restored is not whole")
