"""Draws fictional documents into a folder, with their truth, for trying and measuring."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents.synthesis import KINDS, make_specimen


class Command(BaseCommand):
    help = "Draws fictional documents of every kind into a folder, with truth.json; the same seed draws the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--each", type=int, default=4, help="documents of each kind (4)")
        parser.add_argument("--seed", type=int, default=0, help="number of the first one (0)")
        parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
        parser.add_argument(
            "--wear", default="", help="clean, scan, photo, poor or pdf; by chance where it is not said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        truth = {}
        for kind in options["kinds"]:
            for seed in range(options["seed"], options["seed"] + options["each"]):
                specimen = make_specimen(kind, seed, wear=options["wear"])
                (folder / specimen.name).write_bytes(specimen.content)
                truth[specimen.name] = specimen.truth | {"traits": specimen.traits}
        (folder / "truth.json").write_text(json.dumps(truth, indent=1, ensure_ascii=False))
        print(f"{len(truth)} documents with truth.json in {folder}")
