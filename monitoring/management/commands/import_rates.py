"""`manage.py import_rates eurofxref-hist.csv`: the ECB's reference rates into the dated table of rates."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.actor import system_actor
from monitoring.files.ecb import RatesUnreadable, in_base, read_rates
from monitoring.services import import_rates


class Command(BaseCommand):
    help = "Takes in euro reference rates (the ECB's eurofxref CSV or XML); known days are renewed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            days = [
                (day, in_base(rates, settings.BASE_CURRENCY)) for day, rates in read_rates(options["file"].read_bytes())
            ]
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        except RatesUnreadable as error:
            raise CommandError(f"{options['file']}: {error}") from error
        count = import_rates(days=days, source=options["file"].name, by=system_actor("import_rates"))
        self.stdout.write(f"{count} rates of {len(days)} days, for one {settings.BASE_CURRENCY}")
