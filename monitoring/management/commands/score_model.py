"""`manage.py score_model DIR FILE --output flagged.csv [--explain]`: no database, only files."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from django.core.management.base import BaseCommand, CommandError

from monitoring.learning.artefact import LOG, ArtefactRefused, read_folder
from monitoring.learning.dataset import Part, dataset_of
from monitoring.learning.model import Model, Scored
from monitoring.learning.scoring import (
    AT_MOST,
    COLUMNS,
    EXPLAINED,
    below_told,
    contributions_told,
    highest,
    log_entry,
    near_told,
    reasons,
    unusual_told,
)
from monitoring.management.commands._files import domain_named, with_progress
from monitoring.management.commands._learning import events_of


class Command(BaseCommand):
    help = "Scores every event of a file by a trained model; writes one line an event."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what train_model wrote")
        parser.add_argument("file", type=Path, help="CSV (also .gz) or Parquet with events")
        parser.add_argument("--history", type=Path, help="earlier events of the same accounts, not scored themselves")
        parser.add_argument("--mapping", type=Path, help="YAML: the domain's columns by the file's")
        parser.add_argument("--table", action="append", default=[], metavar="NAME=FILE", help="a table beside the file")
        parser.add_argument("--rates", type=Path, help="CSV: currency,on,per_base; else yearly means of the ECB")
        parser.add_argument("--explain", action="store_true", help=f"sentences for the {AT_MOST:,} highest, and {LOG}")
        parser.add_argument("--explained", type=int, default=AT_MOST, help="how many of the highest are explained")
        parser.add_argument("--output", type=Path, required=True, help=f"CSV: {','.join(COLUMNS)}")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        try:
            model, manifest = read_folder(options["folder"])
        except ArtefactRefused as error:
            raise CommandError(str(error)) from error
        domain = domain_named(model.domain)
        files = [path for path in (options["file"], options["history"]) if path]
        events = [events_of(path, domain, options) for path in files]
        parts = [Part(item, np.full(item.number, -1, dtype=np.int8)) for item in events]
        data = dataset_of(domain.code, parts)
        scored = model.scored(data.rows, model.matrix(data.rows, on_progress=with_progress))
        number = events[0].number
        lines, told = _lines(model, scored, data.event_ids[:number], number, options)
        lines.write_csv(options["output"], float_precision=9)
        if options["explain"]:
            facts = {"model": {"checksum": manifest["checksum"], "code": manifest.get("code", "")},
                     "dataset_sha256": manifest.get("data_sha256", "")}  # fmt: skip
            _write_log(options["output"].with_name(LOG), lines, told, facts)
        flagged = lines["flagged"].sum()
        print(f"{number:,} events scored, {flagged:,} flagged, {len(told):,} explained; {time.monotonic() - begun:.1f} s",
              file=sys.stderr)  # fmt: skip


def _lines(
    model: Model, scored: Scored, event_ids: list[str], number: int, options: dict[str, Any]
) -> tuple[pl.DataFrame, dict[int, dict[str, Any]]]:
    """The lines in the order of the file, and the reasons of those that are explained, by line."""
    rows = highest(scored.chances[:number], options["explained"])
    told = dict(zip(rows.tolist(), reasons(model, scored, rows), strict=True))
    frame = pl.DataFrame({
        "event_id": event_ids, "score": scored.chances[:number], "percentile": scored.percentiles[:number],
        "flagged": (scored.chances[:number] >= model.threshold).astype(int),
        "top_contributions": _cells(told, number, contributions_told),
    })  # fmt: skip
    if not options["explain"]:
        return frame, told
    sentences = _cells(told, number, lambda reason: " ".join(item["sentence"] for item in reason["waterfall"]))
    more = (sentences, _cells(told, number, below_told), _cells(told, number, near_told))
    cells: tuple[Any, ...] = (*more, scored.unusual[:number], _cells(told, number, unusual_told))
    return frame.with_columns(pl.Series(name, cell) for name, cell in zip(EXPLAINED, cells, strict=True)), told


def _cells(told: dict[int, dict[str, Any]], number: int, words: Any) -> list[str]:
    found = [""] * number
    for row, reason in told.items():
        found[row] = words(reason)
    return found


def _write_log(path: Path, lines: pl.DataFrame, told: dict[int, dict[str, Any]], facts: dict[str, Any]) -> None:
    entries = []
    for row, reason in told.items():
        event_id, score, percentile, flagged = lines.row(row)[:4]
        prediction = {"score": score, "percentile": percentile, "flagged": bool(flagged)}
        entries.append(log_entry(str(event_id), prediction, reason, facts))
    path.write_text(json.dumps(entries, indent=1), encoding="utf-8")
