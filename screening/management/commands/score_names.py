"""`manage.py score_names --input pairs.csv [--output scored.csv]`."""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.management.commands._progress import with_progress
from screening.matching.pairs import score_pair

_NEEDED = ("schema", "name1", "name2")


class Command(BaseCommand):
    help = "Scores pairs of names by themselves: adds the columns similarity and is_match."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", type=Path, required=True, help=f"CSV with a header: {','.join(_NEEDED)}")
        parser.add_argument("--output", type=Path, help="where the CSV goes, by default standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["input"].is_file():
            raise CommandError(f"{options['input']} does not exist")
        with options["input"].open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            header = list(reader.fieldnames or [])
            missing = [name for name in _NEEDED if name not in header]
            if missing:
                raise CommandError(f"{options['input']} has no column {', '.join(missing)}")
            rows = list(reader)
        target = options["output"].open("w", encoding="utf-8", newline="") if options["output"] else sys.stdout
        try:
            _write(rows, header, target)
        finally:
            if options["output"]:
                target.close()


def _write(rows: list[dict[str, str]], header: list[str], target: Any) -> None:
    writer = csv.DictWriter(target, [*header, "similarity", "is_match"], lineterminator="\n")
    writer.writeheader()
    for row in with_progress(rows, len(rows)):
        score = score_pair(row["schema"], row["name1"], row["name2"])
        writer.writerow(row | {"similarity": f"{score.similarity:.4f}", "is_match": str(score.is_match).lower()})
