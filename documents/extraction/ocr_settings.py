"""How to read, apart from the libraries that do it: the worker hands this to the child without importing them."""

from dataclasses import dataclass
from pathlib import Path

NO_ENGINE = 69
LINE_MODEL, BOX_MODEL = "lines.onnx", "boxes.onnx"


class OcrUnavailable(Exception):
    """Tesseract or one of its languages is not installed: a fault of the installation, never of a document."""


@dataclass(frozen=True)
class OcrSettings:
    """`languages` in Tesseract's form (`eng+deu`); `mrz_model` is the OCR-B model's file, None where not fetched.

    The models of the second engine lie beside it: `fetch_models` brings them together.
    """

    languages: str = "eng"
    mrz_model: Path | None = None

    @property
    def line_model(self) -> Path | None:
        """The model that reads a picture of one line, None where not fetched."""
        return self._beside(LINE_MODEL)

    @property
    def box_model(self) -> Path | None:
        """The model that finds lines on a page, None where not fetched."""
        return self._beside(BOX_MODEL)

    def _beside(self, name: str) -> Path | None:
        path = self.mrz_model.parent / name if self.mrz_model else None
        return path if path and path.is_file() else None
