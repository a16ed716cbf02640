"""Makes every blind value anew: after PROBITY_BLIND_KEY was changed."""

from typing import Any

from django.core.management.base import BaseCommand

from core.columns.blind import blind_indexes


class Command(BaseCommand):
    help = "Makes blind indexes (link keys, words of search) anew under PROBITY_BLIND_KEY. Can be killed and repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each batch is committed; until the end, what is not made anew yet is not found."""
        for index in blind_indexes():
            self.stdout.write(f"{index.name}: {index.rebuild(self._report)}")

    def _report(self, done: int, total: int, what: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} ({what})\033[K", ending="")
