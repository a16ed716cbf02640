"""`manage.py set_provider NAME KIND URL [--key-variable VAR] [--mapping FILE] [--disable]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from core.actor import system_actor
from core.exceptions import ProbityError
from screening.enums import ProviderKind
from screening.services import set_provider


class Command(BaseCommand):
    help = "Says how a screening provider is asked, beside the lists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("kind", choices=ProviderKind.values)
        parser.add_argument("url")
        parser.add_argument("--key-variable", default="", help="the environment variable that holds its API key")
        parser.add_argument("--mapping", type=Path, help="YAML: how its answers are read (see docs/guide/screening.md)")
        parser.add_argument("--timeout", type=int, default=10)
        parser.add_argument("--disable", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        mapping = yaml.safe_load(options["mapping"].read_text()) if options["mapping"] else {}
        try:
            provider = set_provider(
                name=options["name"], kind=ProviderKind(options["kind"]), url=options["url"], mapping=mapping,
                key_variable=options["key_variable"], timeout_seconds=options["timeout"],
                is_enabled=not options["disable"], by=system_actor("command line"),
            )  # fmt: skip
        except ProbityError as error:
            raise CommandError(f"{error.message} {'; '.join(fault.message for fault in error.faults)}") from error
        print(f"{provider.name}: {provider.kind} at {provider.url}, {'asked' if provider.is_enabled else 'not asked'}")
