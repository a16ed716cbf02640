"""`manage.py prepare`: what a new release needs before it serves. Repeatable."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from compliance_site.shipped import ensure_what_ships


class Command(BaseCommand):
    help = "Migrates the database and publishes what ships with the product where it is not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=options["verbosity"], interactive=False)
        ensure_what_ships()
