"""Adds a key that signs checkpoints, or retires one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.services import rotate_signing_key
from core.actor import system_actor
from core.exceptions import InvalidInput


class Command(BaseCommand):
    help = "Adds a signing key (both sign from then on); --retire ID takes an old one away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retire", default="", help="the id of the key to retire")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = rotate_signing_key(by=system_actor("console"), retire=options["retire"])
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(added.as_text() if added else f"{options['retire']} signs no more")
