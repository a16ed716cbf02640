"""`manage.py createsuperuser`: Django's would make somebody off the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refused: people are made by `manage.py create_person`, which puts it on the record."

    def run_from_argv(self, argv: list[str]) -> None:
        """Whatever stands after it: the answer is the same."""
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "Nobody is made off the record here: manage.py create_person NAME administrator. There is no superuser."
        )
