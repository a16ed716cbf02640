"""`manage.py train_adverse_media ADVERSE.csv OTHER.csv [--test TEST.csv]`."""

import csv
import gzip
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from screening.media.classify import classify, save_model, train
from screening.services import model_path

_LARGEST_CELL = 8 * 1024 * 1024
_UNFIT = ("delete", "doubt", "neither", "random")


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(_LARGEST_CELL)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row.get("article")]


class Command(BaseCommand):
    help = "Trains this installation's model of adverse articles; the articles stay where they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "adverse", type=Path, help="CSV (.gz) with title, article, label (`nam`: not adverse after all)"
        )
        parser.add_argument(
            "other", type=Path, help="CSV (.gz) of articles that are not adverse (`am`: adverse after all)"
        )
        parser.add_argument("--test", type=Path, help="CSV (.gz) with title, article, label (1 or 0) to measure on")

    def handle(self, *args: Any, **options: Any) -> None:
        texts, labels = [], []
        for path, usual in ((options["adverse"], 1), (options["other"], 0)):
            if not path.is_file():
                raise CommandError(f"{path} does not exist")
            for row in _rows(path):
                told = row.get("label", "").strip().lower()
                if not told.startswith(_UNFIT):
                    texts.append(f"{row.get('title', '')} {row['article']}")
                    labels.append({"am": 1, "nam": 0}.get(told, usual))
        model = train(texts, labels)
        save_model(model, model_path())
        print(f"trained on {len(texts)} articles, {sum(labels)} of them adverse: {model_path()}")
        if options["test"]:
            rows = _rows(options["test"])
            for name, used in (("model", model), ("terms alone", None)):
                right = [
                    classify(row["title"], row["article"], used).is_adverse == (row["label"] == "1") for row in rows
                ]
                print(f"{name}: {sum(right)} of {len(rows)} right ({100 * sum(right) / len(rows):.1f} %)")
