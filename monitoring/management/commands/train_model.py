"""`manage.py train_model DOMAIN --input labelled.csv --label COLUMN … --output DIR`: no database, only files."""

import sys
import time
from argparse import ArgumentParser, BooleanOptionalAction
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitoring.learning.artefact import METRICS, REPORT, write_folder
from monitoring.learning.calibration import Policy
from monitoring.learning.estimators import KINDS, Settings
from monitoring.learning.runs import Run, run_training
from monitoring.learning.training import TrainingImpossible
from monitoring.management.commands._files import domain_named, lists_of, with_progress
from monitoring.management.commands._learning import labelled_parts, summarise, told_of
from monitoring.scenarios.catalogue import shipped_scenarios


class Command(BaseCommand):
    help = "Learns from the labelled events of a file; prints and writes how good it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("domain", help="finance or pharma")
        parser.add_argument("--input", type=Path, required=True, help="CSV (also .gz) or Parquet with events")
        parser.add_argument("--label", required=True, help="the column that says 1 (suspicious) or 0")
        parser.add_argument("--labels", type=Path, help="a table with the label, where it is not in the file itself")
        parser.add_argument("--labels-key", help="its column that names an event or (of accounts) an account")
        parser.add_argument("--mapping", type=Path, help="YAML: the domain's columns by the file's")
        parser.add_argument("--table", action="append", default=[], metavar="NAME=FILE", help="a table beside the file")
        parser.add_argument("--rates", type=Path, help="CSV: currency,on,per_base; else yearly means of the ECB")
        parser.add_argument("--test", type=Path, help="labelled events to measure on")
        parser.add_argument("--test-fraction", type=float, default=0.0, help="or: this share of the latest events")
        parser.add_argument("--kind", choices=KINDS, default=KINDS[0])
        parser.add_argument("--trees", type=int, default=300, help="of each estimator")
        parser.add_argument("--budget", type=float, default=0.0, help="alerts per thousand events; else by base rate")
        parser.add_argument("--cost", metavar="MISS:ALERT", help="instead: what a miss and a false alert cost")
        parser.add_argument("--contamination", type=float, default=0.01, help="share that may be called unusual")
        parser.add_argument("--fairness", default="", help="columns to compare groups of, such as own_country,segment")
        parser.add_argument(
            "--scenarios", action=BooleanOptionalAction, default=True, help="whether the scenarios fire, as columns"
        )
        parser.add_argument("--cores", type=int, default=2)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument(
            "--output", type=Path, required=True, help="folder for the model, its metrics and its report"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        domain = domain_named(options["domain"])
        if options["test"] and options["test_fraction"]:
            raise CommandError("give --test or --test-fraction, not both")
        parts, digest = labelled_parts(domain, options)
        try:
            done = run_training(
                domain.code, parts, _run(options), on_progress=with_progress, on_step=lambda step: print(step, file=sys.stderr),
                definitions=shipped_scenarios(lists_of(()), domain.code) if options["scenarios"] else (),
            )  # fmt: skip
        except TrainingImpossible as error:
            raise CommandError(str(error)) from error
        manifest = told_of(options, domain.code, digest, done) | {
            "created_at": datetime.now(UTC).isoformat(timespec="seconds")
        }
        write_folder(options["output"], done.model, manifest, done.metrics, done.report(manifest))
        summarise(done.metrics, time.monotonic() - begun)
        print(f"{options['output'] / METRICS}, {options['output'] / REPORT}", file=sys.stderr)


def _run(options: dict[str, Any]) -> Run:
    miss, alert = 0.0, 0.0
    if options["cost"]:
        try:
            miss, alert = (float(part) for part in options["cost"].split(":"))
        except ValueError:
            raise CommandError("--cost is MISS:ALERT, such as 50:1") from None
    return Run(
        Settings(kind=options["kind"], trees=options["trees"], cores=options["cores"], seed=options["seed"]),
        Policy(options["budget"], miss, alert, options["contamination"]), options["test_fraction"],
        tuple(name for name in options["fairness"].split(",") if name),
    )  # fmt: skip
