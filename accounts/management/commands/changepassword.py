"""`manage.py changepassword`: Django's would set a password off the record, and whoever typed it would know it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refused: `manage.py reset_link` makes a link with which the person sets their own password, on the record."

    def run_from_argv(self, argv: list[str]) -> None:
        """Whatever stands after it: the answer is the same."""
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("Nobody sets another person's password here: manage.py reset_link NAME --reason WHY.")
