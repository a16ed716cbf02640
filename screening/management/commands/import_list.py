"""`manage.py import_list FORMAT PATH [--activate]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.actor import system_actor
from core.exceptions import ProbityError
from screening.enums import ListKind, ListState
from screening.lists.base import formats
from screening.services import import_list


class Command(BaseCommand):
    help = "Imports a watchlist from a file or folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=sorted(formats()))
        parser.add_argument("path", type=Path)
        parser.add_argument("--name", default="", help="the list's name, by default the format's title")
        parser.add_argument("--kind", default="", choices=["", *ListKind.values], help="by default the format's")
        parser.add_argument("--activate", action="store_true", help="screen against this version from now on")
        parser.add_argument(
            "--approve-volume",
            action="store_true",
            help="approve a volume outside 80-120 %% of the last, or a recovered file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"].exists():
            raise CommandError(f"{options['path']} does not exist")
        try:
            version = import_list(
                format=options["format"], path=options["path"], name=options["name"], activate=options["activate"],
                kind=options["kind"],
                approve_volume=options["approve_volume"], by=system_actor("command line"),
            )  # fmt: skip
        except ProbityError as error:
            lines = [error.message, *(f"  {fault.message}" for fault in error.faults)]
            raise CommandError("\n".join(lines)) from error
        if options["activate"] and version.state == ListState.STAGED:
            told = "\n".join(f"  {doubt}" for doubt in version.doubts)
            raise CommandError(f"version {version.number} is staged, not active: approve it (--approve-volume)\n{told}")
        print(f"{version.watchlist.name} v{version.number}: {version.entry_count} entries, {version.state}")
