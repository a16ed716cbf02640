"""`manage.py rebuild_snapshots`: writes the Parquet snapshots that backtests read anew from the database."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitoring.management.commands._files import with_progress
from monitoring.snapshots.sources import folder_of, stored_domains
from monitoring.snapshots.writing import differing_months, rebuild_snapshot


class Command(BaseCommand):
    help = "Writes the snapshots (Parquet, a file a month) anew from the database, or checks them against it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a month differs")

    def handle(self, *args: Any, **options: Any) -> None:
        for domain in stored_domains():
            if options["check"]:
                self._check(domain)
            else:
                self._rebuild(domain)

    def _check(self, domain: str) -> None:
        differing = differing_months(domain)
        if differing:
            raise CommandError(
                f"{domain}: {', '.join(differing)} differ from the database; rebuild_snapshots puts it right"
            )
        self.stdout.write(f"{domain}: every month is as in the database")

    def _rebuild(self, domain: str) -> None:
        begun = time.monotonic()
        manifest = rebuild_snapshot(domain, on_progress=with_progress)
        if manifest is None:
            raise CommandError(f"{domain}: another process is writing the snapshot; try again when it is done")
        size = sum(part.size for part in manifest.months.values()) / 1e6
        seconds = time.monotonic() - begun
        self.stdout.write(f"{domain}: {manifest.rows:,} rows in {len(manifest.months)} months, {size:.1f} MB, {seconds:.1f} s "
                          f"in {folder_of(domain)}")  # fmt: skip
