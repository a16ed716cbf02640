"""`manage.py refresh_lists [--all]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.models import ListSource
from screening.services import refresh_source


class Command(BaseCommand):
    help = "Fetches the lists that are due from their issuers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are not due yet")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for source in ListSource.objects.filter(is_enabled=True).select_related("watchlist"):
            version = refresh_source(source.pk, force=options["all"])
            source.refresh_from_db()
            told = f"version {version.number}, {version.state}" if version else source.error or "nothing new"
            print(f"{source.watchlist.name}: {told}")
            failed += [source.watchlist.name] if source.error else []
        if failed:
            raise CommandError(f"not fetched: {', '.join(failed)}")
