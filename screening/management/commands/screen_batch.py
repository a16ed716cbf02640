"""`manage.py screen_batch --input q.csv --output r.jsonl [--lists …] [--no-store] [--workers N]`."""

import csv
import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.actor import system_actor
from core.exceptions import ProbityError
from screening.management.commands._progress import with_progress
from screening.services.batch import BatchQuery, query_of_row, record_batch, screen_batch, versions_of


class Command(BaseCommand):
    help = "Screens every row of a CSV file against the active lists; writes one JSON line a row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        columns = "query_id,schema,name,birth_date,nationality,country,id_number,address"
        parser.add_argument("--input", type=Path, required=True, help=f"CSV with a header: {columns}")
        parser.add_argument("--output", type=Path, required=True, help="where the JSON lines go")
        parser.add_argument("--lists", nargs="*", default=[], help="names of lists, by default every active one")
        parser.add_argument("--no-store", action="store_true", help="leave no audit entry of this batch")
        parser.add_argument("--workers", type=int, default=1, help="processes that share the index")

    def handle(self, *args: Any, **options: Any) -> None:
        queries = _read(options["input"])
        try:
            versions = versions_of(options["lists"])
        except ProbityError as error:
            raise CommandError(error.message) from error
        counts, digest = [0, 0], hashlib.sha256()
        answers = screen_batch(queries=queries, versions=versions, workers=options["workers"])
        with options["output"].open("w", encoding="utf-8") as stream:
            for answer in with_progress(answers, len(queries)):
                line = json.dumps(answer, ensure_ascii=False) + "\n"
                stream.write(line)
                digest.update(line.encode())
                counts = [counts[0] + len(answer["hits"]), counts[1] + len(answer["discounted"])]
        if not options["no_store"]:
            record_batch(
                versions=versions, queries=len(queries), hits=counts[0], discounted=counts[1],
                result_sha256=digest.hexdigest(), by=system_actor("command line"),
            )  # fmt: skip
        print(f"{len(queries)} queries, {counts[0]} hits, {counts[1]} discounted")


def _read(path: Path) -> list[BatchQuery]:
    if not path.is_file():
        raise CommandError(f"{path} does not exist")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if "name" not in (reader.fieldnames or []):
            raise CommandError(f"{path} has no column `name`")
        return [query_of_row(row) for row in reader]
