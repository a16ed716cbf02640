"""How to read, apart from the libraries that do it: the worker hands this to the child without importing them."""

from dataclasses import dataclass
from pathlib import Path

NO_ENGINE = 69


class OcrUnavailable(Exception):
    """Tesseract or one of its languages is not installed: a fault of the installation, never of a document."""


@dataclass(frozen=True)
class OcrSettings:
    """`languages` in Tesseract's form (`eng+deu`); `mrz_model` is the OCR-B model's file, None where not fetched."""

    languages: str = "eng"
    mrz_model: Path | None = None
