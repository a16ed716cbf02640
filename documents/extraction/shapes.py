"""What reading a document gives: frozen, JSON-able, every value with where it came from."""

from dataclasses import asdict, dataclass, field
from typing import Any

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the page image


@dataclass(frozen=True)
class Word:
    """A word as read: `confidence` 0-1, `box` on the page image."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True)
class PageReading:
    """One page: its image file (written by the child), size in pixels, text, and whether that came from OCR."""

    number: int
    width: int
    height: int
    text: str
    source: str
    image: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class FieldReading:
    """A value with its confidence 0-1, its source (`mrz`, `text`, `ocr`), page and box."""

    name: str
    value: str
    confidence: float
    source: str
    page: int
    box: Box | None = None


@dataclass(frozen=True)
class MrzReading:
    """A machine-readable zone (ICAO 9303): lines as printed, its format, each check digit's outcome, repairs made."""

    lines: tuple[str, ...]
    format: str
    checks: dict[str, bool]
    repaired: bool
    page: int
    box: Box | None = None

    @property
    def valid(self) -> bool:
        """True where every check digit fits. A repair by position that every digit then confirms is no guess."""
        return bool(self.checks) and all(self.checks.values())


@dataclass(frozen=True)
class Reading:
    """A whole document as read. `refusal` is a code where it could not be read; then everything else is empty."""

    media_type: str = ""
    document_type: str = "unknown"
    type_confidence: float = 0.0
    type_reasons: tuple[str, ...] = ()
    pages: tuple[PageReading, ...] = ()
    fields: tuple[FieldReading, ...] = ()
    mrz: MrzReading | None = None
    warnings: tuple[str, ...] = field(default=())
    refusal: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for the pipe between child and worker."""
        return asdict(self)


def reading_from_json(data: dict[str, Any]) -> Reading:
    """The Reading that `as_json` made."""
    pages = tuple(
        PageReading(
            **(page | {"words": tuple(Word(w["text"], w["confidence"], _box(w["box"])) for w in page["words"])})
        )
        for page in data["pages"]
    )
    fields = tuple(FieldReading(**(item | {"box": _maybe_box(item["box"])})) for item in data["fields"])
    mrz = data["mrz"]
    zone = MrzReading(**(mrz | {"lines": tuple(mrz["lines"]), "box": _maybe_box(mrz["box"])})) if mrz else None
    rest = {"pages": pages, "fields": fields, "mrz": zone}
    rest |= {"type_reasons": tuple(data["type_reasons"]), "warnings": tuple(data["warnings"])}
    return Reading(**(data | rest))


def _box(value: list[int]) -> Box:
    left, top, right, bottom = value
    return left, top, right, bottom


def _maybe_box(value: list[int] | None) -> Box | None:
    return None if value is None else _box(value)
