"""Computes a past alert, hit, rating or score again: `manage.py replay alert ID`. Exit code 1 where anything comes out otherwise."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.exceptions import NotFound
from reporting.replaying import REPLAYS


class _Console:
    """Whoever has the console sees everything."""

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return True


class Command(BaseCommand):
    help = "Identical, or differs because of this."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(REPLAYS))
        parser.add_argument("id")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = REPLAYS[options["kind"]].replay(_Console(), options["id"])
        except NotFound as error:
            raise CommandError(error.message) from error
        for name, value in made.rests_on.items():
            self.stdout.write(f"{name}: {value}")
        for sentence in made.differences:
            self.stdout.write(sentence)
        self.stdout.write("identical" if made.same else "differs")
        if not made.same:
            sys.exit(1)
