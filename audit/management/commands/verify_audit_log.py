"""Verifies the whole record and names the first bad entry. Exit code 1 where anything is wrong."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.services import place_pending, verify_record


class Command(BaseCommand):
    help = "Verifies every entry, chain, subtree, checkpoint and anchor of the record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=1, help="processes that examine entries")
        parser.add_argument("--place", action="store_true", help="place what waits first (where no worker runs)")

    def handle(self, *args: Any, **options: Any) -> None:
        while options["place"] and place_pending():
            pass
        run = verify_record(workers=options["workers"], told=self._tell if sys.stderr.isatty() else _quiet)
        for lost in run.declared:
            self.stdout.write(f"declared: {lost}")
        for fault in run.faults:
            self.stdout.write(self.style.ERROR(f"{fault['kind']}: {fault['what']}"))
        seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0
        state = "NOT INTACT" if run.faults else "intact" if not run.declared else "intact but for what was declared"
        self.stdout.write(f"{run.entries} entries, {len(run.faults)} fault(s), {seconds:.1f} s: {state}")
        if run.faults:
            sys.exit(1)

    def _tell(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done * 100 // max(total, 1):3d} % {done}/{total}", ending="" if done < total else "\n")


def _quiet(done: int, total: int) -> None:
    """No progress where nobody watches."""
