"""Opening a file into page images. Everything is checked before it is decoded: a header costs nothing."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from documents.extraction.limits import MAX_PAGES, MAX_PIXELS, RENDER_PIXELS, Refused
from documents.extraction.shapes import Word

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_DPI = 170 / 72
_GOOD_TEXT = 40
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True)
class RawPage:
    """A page as an RGB image, with the words of the PDF's own text layer where that is good."""

    image: Image.Image
    words: tuple[Word, ...]


def open_pages(content: bytes, media_type: str) -> Iterator[RawPage]:
    """The pages one by one, upright by their own metadata. Raises Refused."""
    return _pdf_pages(content) if media_type == "application/pdf" else _image_pages(content)


def _image_pages(content: bytes) -> Iterator[RawPage]:
    try:
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        frames = getattr(picture, "n_frames", 1)
        if frames > MAX_PAGES:
            raise Refused("too_many_pages")
        for number in range(frames):
            picture.seek(number)
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("too_many_pixels")
            yield RawPage(_rgb(picture), ())
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise Refused("broken") from error


def _rgb(picture: Image.Image) -> Image.Image:
    """Upright, without transparency, and no larger than a page needs to be."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA", "P"}:
        layered = upright.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        upright = Image.alpha_composite(ground, layered)
    plain = upright.convert("RGB")
    if plain.width * plain.height > RENDER_PIXELS:
        scale = (RENDER_PIXELS / (plain.width * plain.height)) ** 0.5
        plain = plain.resize((int(plain.width * scale), int(plain.height * scale)), Image.Resampling.LANCZOS)
    return plain


def _pdf_pages(content: bytes) -> Iterator[RawPage]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if "assword" in str(error) else "broken") from error
    if len(document) > MAX_PAGES:
        raise Refused("too_many_pages")
    for number in range(len(document)):
        try:
            page = document[number]
            yield _pdf_page(page)
            page.close()
        except pypdfium2.PdfiumError as error:
            raise Refused("broken") from error
    document.close()


def _pdf_page(page: pypdfium2.PdfPage) -> RawPage:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Refused("broken")
    scale = min(_DPI, (RENDER_PIXELS / (width * height)) ** 0.5)
    if min(width, height) * scale < 1:
        raise Refused("broken")
    bitmap = page.render(scale=scale)
    return RawPage(bitmap.to_pil().convert("RGB"), _text_words(page, bitmap.get_posconv(page)))


def _text_words(page: pypdfium2.PdfPage, place: pypdfium2.PdfPosConv) -> tuple[Word, ...]:
    """The text layer as words with boxes in pixels; empty where it is too thin to be the page's text."""
    layer = page.get_textpage()
    text = layer.get_text_range()
    if sum(char.isalnum() for char in text) < _GOOD_TEXT or "\ufffd" in text[:500]:
        return ()
    words: list[Word] = []
    start = 0
    for index in range(layer.count_chars() + 1):
        char = layer.get_text_range(index, 1) if index < layer.count_chars() else " "
        if char.strip():
            continue
        if index > start:
            words.append(_word(layer, start, index, place))
        start = index + 1
    return tuple(word for word in words if word.text)


def _word(layer: pypdfium2.PdfTextPage, start: int, end: int, place: pypdfium2.PdfPosConv) -> Word:
    """A word of the layer; its box goes through the page's own matrix, which knows rotation and crop."""
    boxes = [layer.get_charbox(index) for index in range(start, end)]
    one = place.to_bitmap(min(box[0] for box in boxes), min(box[1] for box in boxes))
    other = place.to_bitmap(max(box[2] for box in boxes), max(box[3] for box in boxes))
    box = (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
    return Word(layer.get_text_range(start, end - start).strip(), 1.0, box)
