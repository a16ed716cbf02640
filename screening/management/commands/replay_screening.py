"""`manage.py replay_screening ID`."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from screening.models import Screening
from screening.services import replay_screening


class Command(BaseCommand):
    help = "Does a stored screening again and says whether it comes out the same; nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("screening", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        screening = Screening.objects.filter(pk=options["screening"]).first()
        if screening is None:
            raise CommandError("there is no such screening")
        replay = replay_screening(screening)
        engine = "the same engine" if replay.same_engine else "another engine"
        config = "the same weights" if replay.same_config else "other weights"
        print(f"{'the same result' if replay.same else 'another result'}, {engine}, {config}")
        for title, rows in (("then", replay.missing), ("now", replay.new)):
            for row in rows:
                print(f"  {title}: entry {row}")
        if not replay.same and replay.same_engine and replay.same_config:
            raise CommandError("the same engine and weights gave another result")
