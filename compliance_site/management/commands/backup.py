"""`manage.py backup FOLDER`: database and files, while the installation runs."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compliance_site.backups import BackupUnusable, make_backup
from core.actor import system_actor


class Command(BaseCommand):
    help = "Makes a backup of database and files in a new folder, sealed where PROBITY_BACKUP_KEY is set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--with-keys", action="store_true", help="the keys under the data folder, too; only sealed")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            made = make_backup(folder=options["folder"], by=system_actor("backup"), with_keys=options["with_keys"])
        except BackupUnusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['folder']}: {', '.join(made.parts)} in {time.monotonic() - began:.1f} s")
        if not options["with_keys"]:
            self.stdout.write("Keys are not in it: without them nothing of it can be read. Keep them apart.")
