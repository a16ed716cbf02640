"""Reads every file of a folder and writes one line of JSON a file: the contract by which reading is measured."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.clock import today
from documents.extraction.batch import deterministic_reader, files_in, read_folder
from documents.extraction.ocr_settings import OcrUnavailable
from documents.management.progress import Progress
from documents.services import model_reader, ocr_settings

_ENGINES = {"deterministic": deterministic_reader, "llm": model_reader}
_NO_ENGINE = "Documents cannot be read on this machine: {}"


class Command(BaseCommand):
    help = "Reads the files of a folder (nothing is stored) and writes one JSON line a file, refused ones included."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--output", type=Path, required=True, help="the JSON Lines file to write")
        parser.add_argument("--workers", type=int, default=1, help="files read at a time (1)")
        parser.add_argument("--engine", choices=sorted(_ENGINES), default="deterministic")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, output = options["folder"], options["output"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        if options["workers"] < 1:
            raise CommandError("at least one worker is needed")
        if options["engine"] == "llm" and not settings.LLM_MODEL:
            raise CommandError("no language model is set up: PROBITY_LLM_MODEL names one")
        reader = _ENGINES[options["engine"]](ocr_settings(), today())
        progress = Progress(len(files_in(folder)), sys.stderr)
        try:
            with output.open("w", encoding="utf-8") as stream:
                for line in read_folder(folder, reader, today(), options["workers"]):
                    stream.write(json.dumps(line) + "\n")
                    stream.flush()
                    progress.step(line["status"])
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        except OcrUnavailable as error:
            raise CommandError(_NO_ENGINE.format(error)) from error
        progress.end()
        print(progress.summary)
