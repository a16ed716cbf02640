"""`manage.py import_articles PATH [--source NAME]`, `manage.py import_articles --feed URL --source NAME`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.clock import now
from core.exceptions import ProbityError
from screening.models import NewsSource
from screening.services import fetch_news, import_articles


class Command(BaseCommand):
    help = "Imports news articles (RSS, Atom, JSON, a folder), or sets up a feed that is fetched from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, nargs="?")
        parser.add_argument("--source", default="import")
        parser.add_argument("--feed", default="", help="the address of an RSS or Atom feed")
        parser.add_argument("--every-hours", type=int, default=6)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["feed"]:
            told = {"url": options["feed"], "every_hours": options["every_hours"], "next_fetch_at": now()}
            source, _ = NewsSource.objects.update_or_create(name=options["source"], defaults=told)
            fetch_news(source.pk)
            source.refresh_from_db()
            print(f"{source.name}: {source.articles.count()} articles{f'; {source.error}' if source.error else ''}")
            return
        if options["path"] is None or not options["path"].exists():
            raise CommandError("name a file or a folder, or --feed")
        try:
            new, hits = import_articles(path=options["path"], source=options["source"])
        except ProbityError as error:
            raise CommandError(f"{error.message} {'; '.join(fault.message for fault in error.faults)}") from error
        print(f"{new} new articles, {hits} hits")
