"""`manage.py score_events DOMAIN FILE [--mapping M.yaml] [--table NAME=FILE] [--scenarios …] [--engine …] --output scored.csv`."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from monitoring.domains import domains
from monitoring.engines import engine_named, engine_names
from monitoring.engines.base import EngineAbsent, Job
from monitoring.management.commands._files import domain_named, lists_of, opened, with_progress
from monitoring.scenarios.catalogue import ScenarioDefinition, shipped_scenarios
from monitoring.scoring import COLUMNS, Scored, lines
from monitoring.selectors import definitions_of, live_versions


class Command(BaseCommand):
    help = "Judges every event of a file by the scenarios of a domain; writes one line an event that fired."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("domain", help=" or ".join(domains()))
        parser.add_argument("file", type=Path, help="CSV (also .gz) or Parquet")
        parser.add_argument("--mapping", type=Path, help="YAML: the domain's columns by the file's")
        parser.add_argument("--table", action="append", default=[], metavar="NAME=FILE", help="a table beside the file")
        parser.add_argument(
            "--list", action="append", default=[], metavar="NAME=FILE", help="a named list, one value a line"
        )
        parser.add_argument("--rates", type=Path, help="CSV: currency,on,per_base; else yearly means of the ECB")
        parser.add_argument(
            "--scenarios", default="all", help="all (shipped), live (this installation's), or codes: a,b"
        )
        parser.add_argument("--engine", choices=engine_names(), default="local", help="where: docs/guide/scale.md")
        parser.add_argument("--output", type=Path, required=True, help=f"CSV: {','.join(COLUMNS)}")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        domain = domain_named(options["domain"])
        definitions = _chosen(options["scenarios"], domain.code, options["list"])
        events = opened(
            options["file"], domain, mapping=options["mapping"], tables=options["table"], rates=options["rates"]
        )
        try:
            scored = engine_named(options["engine"])(
                Job(events.frame, definitions, settings.BASE_CURRENCY, on_progress=with_progress)
            )
        except EngineAbsent as error:
            raise CommandError(str(error)) from error
        told = lines(scored, events, definitions)
        told.write_csv(options["output"])
        _summarise(scored, events.number, len(told), time.monotonic() - begun)


def _chosen(wanted: str, domain: str, lists: Sequence[str]) -> list[ScenarioDefinition]:
    if wanted == "live":
        live = definitions_of(live_versions())
        given = {item.partition("=")[0] for item in lists}
        beside = {name: found for name, found in lists_of(lists).items() if name in given}
        return [item.with_lists({**item.lists, **beside}) for item in live if item.domain == domain]
    shipped = {item.code: item for item in shipped_scenarios(lists_of(lists), domain)}
    if wanted == "all":
        return list(shipped.values())
    codes = [code.strip() for code in wanted.split(",") if code.strip()]
    unknown = [code for code in codes if code not in shipped]
    if unknown or not codes:
        raise CommandError(f"`{', '.join(unknown)}` is no scenario of {domain}: one of {', '.join(shipped)}")
    return [shipped[code] for code in codes]


def _summarise(scored: Scored, events: int, told: int, seconds: float) -> None:
    alerts = sum(scored.alerts.values())
    rate = events / seconds if seconds else 0
    print(f"{told:,} of {events:,} events fired; {alerts:,} subjects and scenarios; {seconds:.1f} s, {rate:,.0f} events/s",
          file=sys.stderr)  # fmt: skip
    for code, number in sorted(scored.findings.items(), key=lambda item: (-item[1], item[0])):
        young, lacking = scored.insufficient[code], scored.lacking.get(code)
        more = f", {young:,} rows with too little history" if young else ""
        more += f"; the file has no {', '.join(lacking)}" if lacking else ""
        if number or more:
            print(f"  {code}: {number:,} findings about {scored.alerts[code]:,} subjects{more}", file=sys.stderr)
