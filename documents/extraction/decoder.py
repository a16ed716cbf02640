"""Decoding a stranger's file in a process of its own that can do nothing else: pages as images, words of a text layer."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from documents.extraction.limits import DECODER_BYTES, DECODER_SECONDS, MAX_BYTES, MAX_OCR_PAGES, Refused
from documents.extraction.locked import run_locked
from documents.extraction.pages import RawPage, open_pages
from documents.extraction.shapes import Word, words_from_json
from documents.extraction.sniff import media_type_of

_JPEG_QUALITY = 85


@dataclass(frozen=True)
class DecodedPage:
    """A page as `<number>.jpg` for the browser and, where it is to be recognised, the lossless `<number>.ppm`."""

    number: int
    width: int
    height: int
    words: tuple[Word, ...]
    scan: str


@dataclass(frozen=True)
class Decoded:
    """What a file is and its pages."""

    media_type: str
    pages: tuple[DecodedPage, ...]


def decode(content: bytes, folder: Path) -> Decoded:
    """The pages of `content`, their images written to `folder`. Raises Refused, also where the process did not survive."""
    answer = run_locked(lambda: _decoded(content, folder), memory=DECODER_BYTES, seconds=DECODER_SECONDS)
    return _from_json(answer)


def _decoded(content: bytes, folder: Path) -> dict[str, Any]:
    media_type = ""
    try:
        if not content:
            raise Refused("empty")
        if len(content) > MAX_BYTES:
            raise Refused("too_large")
        media_type = media_type_of(content)
        if not media_type:
            raise Refused("unsupported_type")
        pages = [asdict(page) for page in _written(open_pages(content, media_type), folder)]
        if not pages:
            raise Refused("no_page")
    except Refused as refused:
        return {"media_type": media_type, "refusal": refused.code}
    except MemoryError:
        return {"media_type": media_type, "refusal": "too_much_memory"}
    return {"media_type": media_type, "pages": pages}


def _written(pages: Iterator[RawPage], folder: Path) -> Iterator[DecodedPage]:
    scans = 0
    for number, raw in enumerate(pages, start=1):
        raw.image.save(folder / f"{number}.jpg", "JPEG", quality=_JPEG_QUALITY)
        scan = ""
        if not raw.words and scans < MAX_OCR_PAGES:
            scans += 1
            scan = f"{number}.ppm"
            raw.image.save(folder / scan, "PPM")
        yield DecodedPage(number, raw.image.width, raw.image.height, raw.words, scan)


def _from_json(answer: dict[str, Any]) -> Decoded:
    if "refusal" in answer:
        raise Refused(answer["refusal"], answer["media_type"])
    pages = (DecodedPage(**(page | {"words": words_from_json(page["words"])})) for page in answer["pages"])
    return Decoded(answer["media_type"], tuple(pages))
