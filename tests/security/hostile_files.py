"""Files that people send to do harm, made by code: what only looks like a document, and documents that carry more than pages."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image

from tests.factories.documents import draw_page, make_pdf, page_image, png_claiming
from tests.fakes.clamd import EICAR

MARKER = b"<script>alert('markerq7x')</script>"
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 10))


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP archive with these files under these very names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def laughs(root: bytes = b"lolz") -> bytes:
    """XML whose entities grow to ten thousand million (billion laughs)."""
    return b'<?xml version="1.0"?><!DOCTYPE %s [<!ENTITY l0 "ha">%s]><%s>&l9;</%s>' % (root, _LAUGHS, root, root)


def fetching(root: bytes = b"x") -> bytes:
    """XML with an entity that is a file of the server."""
    return b'<!DOCTYPE %s [<!ENTITY e SYSTEM "file:///etc/passwd">]><%s>&e;</%s>' % (root, root, root)


def _office(part: str, content: bytes, kind: bytes) -> bytes:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/%s" ContentType="%s"/></Types>'
    return packed(
        {"[Content_Types].xml": types % (part.encode(), kind), part: content, "xl/vbaProject.bin": b"\xcc\x61" * 99}
    )


# No document, whatever its name says.
NO_DOCUMENTS: dict[str, bytes] = {
    "page.pdf": b"<!DOCTYPE html><html><body>" + MARKER + b"</body></html>",
    "late header.pdf": b" " * 2000 + make_pdf("text"),
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + MARKER + b"</svg>",
    "fetching.svg": fetching(b"svg"),
    "laughs.xml": laughs(),
    "fetching.docx": _office("word/document.xml", fetching(b"document"), b"application/xml"),
    "laughs.xlsx": _office("xl/workbook.xml", laughs(b"workbook"), b"application/xml"),
    "macros.xlsm": _office("xl/workbook.xml", b"<workbook/>", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "bomb.zip": packed({f"{at}.txt": bytes(10_000_000) for at in range(3)}),
    "climbing.zip": packed({"../../../etc/cron.d/run": b"* * * * * root id", "..": b"", "C:\\autoexec.bat": b"x"}),
    "scan.jpg": b"\x7fELF\x02\x01\x01" + bytes(64),
    "scan.pdf.exe": b"MZ" + bytes(64),
    "run.pdf": b"#!/bin/sh\nid\n",
    "virus.png": EICAR,
    "old.gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + MARKER,
    "letter.rtf": rb"{\rtf1{\object\objocx{\*\objdata 0105}}}",
    "paper.ps": b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
    "page.pdf.gz": gzip.compress(make_pdf("text")),
}  # fmt: skip


def _pdf_with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(make_pdf("Electricity bill"))) as pdf:
        change(pdf)
        held = io.BytesIO()
        pdf.save(held)
    return held.getvalue()


def _action(kind: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def _opens(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = action

    return change


def _attaches(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["run.exe"] = b"MZ" + bytes(64)


def _promises_pages(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Count = 2_000_000_000


def _goes_round(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages])


def _is_vast(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 14_400_000, 14_400_000])


def _is_nested(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"[" * 200_000 + b"q " * 200_000)


def _unfolds(pdf: pikepdf.Pdf) -> None:
    inner = zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)
    stream = pikepdf.Stream(pdf, b"")
    stream.write(inner, filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
    pdf.pages[0].Contents = stream


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png_with(kind: bytes, content: bytes) -> bytes:
    drawn = draw_page("text")
    return drawn[:33] + _chunk(kind, content) + drawn[33:]


def _as(kind: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(held, kind)
    return held.getvalue()


def _tiff_of(frames: int) -> bytes:
    held = io.BytesIO()
    page = Image.new("1", (8, 8), 1)
    page.save(held, "TIFF", save_all=True, append_images=[page] * (frames - 1))
    return held.getvalue()


def _jpeg_claiming(width: int, height: int) -> bytes:
    drawn = page_image()
    at = drawn.index(b"\xff\xc0") + 5
    return drawn[:at] + struct.pack(">HH", height, width) + drawn[at + 4 :]


# (file, what may come of it: refusals, or "" for a reading; what the reading must say of active content)
DOCUMENTS: dict[str, tuple[bytes, set[str], set[str]]] = {
    "runs JavaScript": (_pdf_with(_opens(_action("JavaScript", JS="app.alert(1)"))), {""}, {"javascript"}),
    "launches a program": (_pdf_with(_opens(_action("Launch", F="cmd.exe"))), {""}, {"launch"}),
    "carries a program": (_pdf_with(_attaches), {""}, {"embedded_file"}),
    "web page before the PDF": (b"<html>" + MARKER + b"<!--" + make_pdf("text") + b"-->", {"", "broken"}, set()),
    "archive after the PDF": (make_pdf("text") + packed({"run.exe": b"MZ"}), {"", "broken"}, set()),
    "web page in a JPEG": (page_image() + MARKER, {""}, set()),
    "web page in the notes of a PNG": (_png_with(b"tEXt", b"Comment\0" + MARKER), {""}, set()),
    "notes that unfold": (_png_with(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)), {"", "broken"}, set()),
    "PDF cut in half": (make_pdf("text")[:300], {"", "broken"}, set()),
    "JPEG cut in half": (_as("JPEG")[:200], {"", "broken"}, set()),
    "TIFF cut in half": (_as("TIFF")[:300], {"broken"}, set()),
    "WebP cut in half": (_as("WEBP")[:40], {"broken"}, set()),
    "more pages promised than there are": (_pdf_with(_promises_pages), {"", "broken", "too_many_pages"}, set()),
    "pages that hold themselves": (_pdf_with(_goes_round), {"", "broken", "no_page", "crashed"}, set()),
    "a page of five kilometres": (_pdf_with(_is_vast), {"", "too_many_pixels"}, set()),
    "brackets without end": (_pdf_with(_is_nested), {"", "broken", "crashed", "too_slow"}, set()),
    "a page that unfolds": (_pdf_with(_unfolds), {"", "broken", "crashed", "too_much_memory", "too_slow"}, set()),
    "JPEG of four thousand megapixels": (_jpeg_claiming(65_000, 65_000), {"too_many_pixels", "broken"}, set()),
    "PNG of nine hundred megapixels": (png_claiming(30_000, 30_000), {"too_many_pixels"}, set()),
    "TIFF of 400 pages": (_tiff_of(400), {"too_many_pages"}, set()),
}  # fmt: skip

NAMES = [
    "../../../../etc/passwd", "..\\..\\windows\\system32\\cmd.exe", "\u202efdp.exe", "a\r\nSet-Cookie: x=1\r\n.pdf",
    f"{MARKER.decode()}.pdf", "\"; filename=\"run.exe", "con.pdf", "." * 150, "x" * 180 + ".pdf", "\u0000null.pdf", "\ud7ff\ufeff\u200b.pdf",
    "{{7*7}}${7*7}.pdf", "%2e%2e%2fpasswd", "=cmd|' /C calc'!A0.csv",
]  # fmt: skip
