"""`manage.py reset_link`: for an administrator who lost their password where there is no other."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import person_named
from accounts.services import make_reset_link
from core.actor import system_actor
from core.exceptions import NotFound


class Command(BaseCommand):
    help = "Prints a link with which a person sets a new password, good for an hour and one use; it is on the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why, for the record")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = person_named(options["username"])
        except NotFound as error:
            raise CommandError(error.message) from error
        path = make_reset_link(person_id=person.pk, reason=options["reason"], by=system_actor("command line"))
        self.stdout.write(f"{settings.PUBLIC_URL}{path}")
