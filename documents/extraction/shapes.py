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
    """A machine-readable zone (ICAO 9303): lines as read, its format, each check digit's outcome, repairs made.

    `unclear` names the checks whose characters could not be read with certainty; one that fails and is not among them
    is printed wrong.
    """

    lines: tuple[str, ...]
    format: str
    checks: dict[str, bool]
    repaired: bool
    page: int
    box: Box | None = None
    unclear: tuple[str, ...] = ()
    line_boxes: tuple[Box, ...] = ()
    read_by: str = (
        "zone"  # `zone`: Tesseract with the OCR-B model; `lines`: the line model, whose characters have rivals
    )

    @property
    def valid(self) -> bool:
        """True where every check digit fits and no character is in doubt. A repair every digit confirms is no guess."""
        return bool(self.checks) and all(self.checks.values()) and not self.unclear


@dataclass(frozen=True)
class HiddenWord:
    """A word of the text layer that the page does not show."""

    page: int
    box: Box


@dataclass(frozen=True)
class Inspection:
    """What a file carries besides its pages (`extraction/inspection`).

    `active` are things that act, `software` the editors that the metadata names, `revisions` how often a PDF was saved
    on top of itself. A page's fingerprint is 64 bits as hex, empty where the page is bare. `complete` is False where
    the file ended its own inspection.
    """

    active: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    revisions: int = 0
    hidden: tuple[HiddenWord, ...] = ()
    fingerprints: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True)
class Reading:
    """A whole document as read. `refusal` is a code where it could not be read; then everything else is empty.

    `stages` are processor seconds by stage of reading, children included; `memory_mb` the largest process's peak.
    """

    media_type: str = ""
    document_type: str = "unknown"
    type_confidence: float = 0.0
    type_reasons: tuple[str, ...] = ()
    pages: tuple[PageReading, ...] = ()
    fields: tuple[FieldReading, ...] = ()
    mrz: MrzReading | None = None
    warnings: tuple[str, ...] = field(default=())
    refusal: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    memory_mb: int = 0
    inspection: Inspection = field(default_factory=Inspection)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the pipe between child and worker."""
        return asdict(self)


def reading_from_json(data: dict[str, Any]) -> Reading:
    """The Reading that `as_json` made."""
    zone = data["mrz"]
    rest = {
        "pages": tuple(PageReading(**(page | {"words": words_from_json(page["words"])})) for page in data["pages"]),
        "fields": tuple(FieldReading(**(item | {"box": _maybe_box(item["box"])})) for item in data["fields"]),
        "mrz": mrz_from_json(zone) if zone else None,
        "type_reasons": tuple(data["type_reasons"]),
        "warnings": tuple(data["warnings"]),
        "inspection": inspection_from_json(data["inspection"]),
    }
    return Reading(**(data | rest))


def inspection_from_json(data: dict[str, Any]) -> Inspection:
    """The Inspection that `asdict` made; what an older one does not have keeps its default."""
    hidden = tuple(HiddenWord(word["page"], _box(word["box"])) for word in data.get("hidden", ()))
    lists: dict[str, Any] = {name: tuple(data.get(name, ())) for name in ("active", "software", "fingerprints")}
    rest = {name: data[name] for name in ("revisions", "complete") if name in data}
    return Inspection(**lists, **rest, hidden=hidden)


def words_from_json(words: list[dict[str, Any]]) -> tuple[Word, ...]:
    """Words as they were."""
    return tuple(Word(word["text"], word["confidence"], _box(word["box"])) for word in words)


def mrz_from_json(zone: dict[str, Any]) -> MrzReading:
    """A zone as it was; keys that a zone does not have are left out."""
    known = {name: zone[name] for name in MrzReading.__dataclass_fields__ if name in zone}
    lists = {name: tuple(known.get(name, ())) for name in ("lines", "unclear")}
    boxes = tuple(_box(box) for box in known.get("line_boxes", ()))
    return MrzReading(**(known | lists | {"box": _maybe_box(known["box"]), "line_boxes": boxes}))


def _box(value: list[int]) -> Box:
    left, top, right, bottom = value
    return left, top, right, bottom


def _maybe_box(value: list[int] | None) -> Box | None:
    return None if value is None else _box(value)
