"""Documents for tests: rows, readings, and files drawn by code."""

import io
import struct
import zlib
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from core.actor import Actor, system_actor
from customers.models import Customer
from documents.extraction.mrz import check_digit, read_zone, zone_fields
from documents.extraction.shapes import PageReading, Reading, Word
from documents.models import Document
from documents.services import Worked, store_document, store_reading
from documents.store import put
from tests.factories.customers import make_customer

_numbers = count(1)
TODAY = date(2026, 11, 21)
TESTER: Actor = system_actor("tests")
SHARED_DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "documents"


def make_document(customer: Customer | None = None, content: bytes | None = None, **fields: Any) -> Document:
    """A document waiting to be read."""
    content = content if content is not None else f"document {next(_numbers)}".encode()
    customer = customer or make_customer()
    document = store_document(customer=customer, content=content, filename="passport.jpg", by=TESTER)
    Document.objects.filter(pk=document.pk).update(**fields)
    return Document.objects.get(pk=document.pk)


def make_read_document(customer: Customer | None = None, reading: Reading | None = None) -> Document:
    """A document as `verify_document` leaves it: by default a good passport of Jane Citizen."""
    document = make_document(customer)
    reading = reading or passport_reading()
    images = {page.image: put(page_image()) for page in reading.pages}
    store_reading(document=document, worked=Worked(document.pk, reading, images), by=TESTER)
    return Document.objects.get(pk=document.pk)


def passport_lines(
    surname: str = "CITIZEN",
    given: str = "JANE",
    number: str = "K2470391C",
    birth: str = "840607",
    expiry: str = "310521",
) -> list[str]:
    """The two lines of a TD3 zone whose digits fit."""
    second = f"{number.ljust(9, '<')}{check_digit(number.ljust(9, '<'))}UTO{birth}{check_digit(birth)}F{expiry}"
    second += check_digit(expiry) + "<" * 15
    digit = check_digit(second[:10] + second[13:20] + second[21:43])
    return [f"P<UTO{surname}<<{given.replace(' ', '<')}".ljust(44, "<"), second + digit]


def passport_reading(lines: list[str] | None = None) -> Reading:
    """A passport as read; its page is one line of text."""
    zone = read_zone(lines or passport_lines())
    assert zone is not None
    page = PageReading(1, 60, 40, "PASSPORT", "ocr", "1.jpg", (Word("PASSPORT", 0.9, (2, 2, 30, 10)),))
    fields = tuple(zone_fields(zone, TODAY))
    return Reading("image/jpeg", "passport", 0.99, ("a zone",), (page,), fields, zone)


def page_image() -> bytes:
    """A white page as a JPEG."""
    return _as_bytes(Image.new("RGB", (60, 40), "white"), "JPEG")


def draw_passport(lines: list[str] | None = None) -> bytes:
    """A passport's page with its zone, as a JPEG; Pillow's own type, wide and bold as OCR-B is."""
    lines = lines or passport_lines()
    page = Image.new("RGB", (1250, 880), (240, 244, 248))
    draw = ImageDraw.Draw(page)
    draw.text((60, 40), "PASSPORT", font=ImageFont.load_default(44), fill="black")
    for row, text in enumerate((lines[1][:9], lines[0][5:].replace("<", " ").strip())):
        draw.text((420, 200 + row * 80), text, font=ImageFont.load_default(34), fill="black")
    font = ImageFont.load_default(36)
    for row, line in enumerate(lines):
        for place, char in enumerate(line):
            at = (48 + place * 26.3, 700 + row * 70)
            draw.text(at, char, font=font, fill=(10, 10, 10), stroke_width=1, anchor="ma")
    return _as_bytes(page, "JPEG")


def draw_page(text: str) -> bytes:
    """A page of printed text, as a PNG."""
    page = Image.new("RGB", (1240, 900), "white")
    ImageDraw.Draw(page).multiline_text((80, 60), text, font=ImageFont.load_default(30), fill="black", spacing=16)
    return _as_bytes(page, "PNG")


def make_pdf(*pages: str, rotate: int = 0) -> bytes:
    """A PDF with a text layer, a page for each text; written by hand, without a cross-reference table."""
    kids = " ".join(f"{10 + index * 2} 0 R" for index in range(len(pages)))
    parts = [
        "%PDF-1.4", "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj",
        "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    ]  # fmt: skip
    for index, text in enumerate(pages):
        lines = " ".join(f"({line}) ' " for line in text.splitlines())
        stream = f"BT /F1 12 Tf 60 760 Td 18 TL {lines} ET"
        page = f"/MediaBox[0 0 595 842]/Rotate {rotate}/Resources<</Font<</F1 3 0 R>>>>/Contents {11 + index * 2} 0 R"
        parts += [
            f"{10 + index * 2} 0 obj<</Type/Page/Parent 2 0 R{page}>>endobj",
            f"{11 + index * 2} 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj",
        ]
    return "\n".join([*parts, "trailer<</Root 1 0 R>>", "%%EOF"]).encode("latin-1")


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that its data does not have."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _as_bytes(image: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()
