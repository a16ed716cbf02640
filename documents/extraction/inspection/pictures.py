"""Pictures: the marks of editors, words that do not show, and a fingerprint that survives scaling and compression."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image

from documents.extraction.decoder import DecodedPage
from documents.extraction.inspection.software import editors_named
from documents.extraction.shapes import HiddenWord

_SIDE, _KEPT = 32, 8
_BARE = 4.0  # standard deviation of grey below which a page shows nothing
_SEEN = 24  # grey levels between a word and its ground below which nobody sees it
_LEAST_LETTERS, _LEAST_HEIGHT = 3, 3
# The cosine transform (type II) in whole numbers, so that it is the same everywhere.
_COSINES = np.array(
    [[np.cos((2 * at + 1) * wave * np.pi / (2 * _SIDE)) for at in range(_SIDE)] for wave in range(_KEPT)]
)
_TRANSFORM = (_COSINES * 4096).round().astype(np.int64)


def picture_findings(content: bytes) -> dict[str, Any]:
    """`software` of an image by its EXIF, XMP and text chunks."""
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF", "WEBP")) as picture:
        exif = picture.getexif()
        told = [str(exif.get(tag, "")) for tag in (ExifTags.Base.Software, ExifTags.Base.ProcessingSoftware)]
        told += [str(value)[:20_000] for key, value in picture.info.items() if key in {"Software", "xmp", "Comment"}]
    return {"software": editors_named(" ".join(told))}


def hidden_words(page: DecodedPage, images: Path) -> Iterator[HiddenWord]:
    """Words of the page's text layer where its picture shows nothing: white on white, tiny, or off the page."""
    if not page.words:
        return
    grey = _grey(images / f"{page.number}.jpg")
    for word in page.words:
        if sum(char.isalnum() for char in word.text) < _LEAST_LETTERS:
            continue
        left, top, right, bottom = word.box
        seen = grey[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        if bottom - top < _LEAST_HEIGHT or seen.size == 0 or int(seen.max()) - int(seen.min()) < _SEEN:
            yield HiddenWord(page.number, word.box)


def fingerprint(path: Path) -> str:
    """64 bits of a page's coarse shape as hex (perceptual hash by discrete cosine transform); empty for a bare page."""
    with Image.open(path) as picture:
        small = np.asarray(picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX), dtype=np.int64)
    if small.std() < _BARE:
        return ""
    waves = (_TRANSFORM @ small @ _TRANSFORM.T).flatten()
    bits = waves > np.median(waves[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def _grey(path: Path) -> np.ndarray[Any, np.dtype[np.uint8]]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("L"), dtype=np.uint8)
