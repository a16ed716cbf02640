"""`manage.py archive_transactions`: what lies in the archive; archives what is due, brings a month back, proves the files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.actor import system_actor
from core.exceptions import ProbityError
from monitoring.archive.files import folder
from monitoring.archive_works import archive_old_months
from monitoring.selectors import archived_months
from monitoring.services import bring_back, damaged_months

_ACTOR = system_actor("archive_transactions")


class Command(BaseCommand):
    help = "Lists the archive of transactions, archives months that are due, brings one back, or proves the files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--now", action="store_true", help="archive what the policy no longer keeps at hand")
        ways.add_argument("--bring-back", metavar="MONTH", help="put a month (2024-03) back into the database")
        ways.add_argument("--check", action="store_true", help="read every file; exit 1 where one is damaged")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["now"]:
            self.stdout.write(f"Archived {archive_old_months():,} transactions.")
        elif options["bring_back"]:
            self._bring_back(options["bring_back"])
        elif options["check"]:
            self._check()
        else:
            for row in archived_months().order_by("month"):
                self.stdout.write(f"{row.month}: {row.rows:,} rows, {row.sha256}, {folder() / row.file}")

    def _bring_back(self, month: str) -> None:
        try:
            self.stdout.write(f"Brought back {bring_back(month=month, by=_ACTOR):,} transactions of {month}.")
        except ProbityError as error:
            raise CommandError(error.message) from error

    def _check(self) -> None:
        if damaged := damaged_months():
            raise CommandError(
                f"{', '.join(damaged)}: missing, or not what was archived. Restore the file from a backup."
            )
        self.stdout.write(f"{archived_months().count()} files are what was archived.")
