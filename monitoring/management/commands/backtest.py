"""`manage.py backtest RULE.json FILE`: what a rule would have said of a file of events."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from monitoring.backtesting import backtest, definition_of
from monitoring.domains import domains
from monitoring.management.commands._files import domain_named, lists_of, opened
from monitoring.rules.faults import RuleInvalid


class Command(BaseCommand):
    help = "Runs a rule (a scenario as JSON, or a condition alone) over a file of events; prints what came out as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rule", type=Path, help="JSON: {rule, parameters, measures, …}, a condition, or its text")
        parser.add_argument("file", type=Path, help="CSV (also .gz) or Parquet")
        parser.add_argument("--domain", default="", help=f"{' or '.join(domains())}, by default the rule's or finance")
        parser.add_argument("--mapping", type=Path, help="YAML: the domain's columns by the file's")
        parser.add_argument("--table", action="append", default=[], metavar="NAME=FILE", help="a table beside the file")
        parser.add_argument(
            "--list", action="append", default=[], metavar="NAME=FILE", help="a named list, one value a line"
        )
        parser.add_argument("--rates", type=Path, help="CSV: currency,on,per_base; else yearly means of the ECB")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            definition = definition_of(options["rule"].read_text(encoding="utf-8"), options["domain"])
            domain = domain_named(definition.domain)
            definition = definition.with_lists(lists_of(options["list"]))
            definition.checked()
        except OSError as error:
            raise CommandError(str(error)) from error
        except RuleInvalid as error:
            raise CommandError("\n".join(_told(fault) for fault in error.faults)) from error
        events = opened(
            options["file"], domain, mapping=options["mapping"], tables=options["table"], rates=options["rates"]
        )
        begun = time.monotonic()
        result = backtest(events, definition, base_currency=settings.BASE_CURRENCY)
        result["seconds"] = round(time.monotonic() - begun, 3)
        print(json.dumps(result, indent=2, ensure_ascii=False, default=str))


def _told(fault: Any) -> str:
    return f"{fault.path}: {fault.code}: {fault.message}" + (f" ({fault.suggestion})" if fault.suggestion else "")
