"""Looking a file over: things that act, editors, words nobody sees, fingerprints."""

import io
from contextlib import ExitStack
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from documents.extraction.decoder import decode
from documents.extraction.inspection import inspect
from documents.extraction.shapes import Inspection
from tests.factories.documents import draw_page, make_pdf

_LONG = "The quick brown fox jumps over the lazy dog and\nthen over the fence of the neighbour"


def inspection_of(content: bytes, folder: Path) -> Inspection:
    folder.mkdir(exist_ok=True)
    decoded = decode(content, folder)
    return inspect(content, decoded.media_type, decoded.pages, folder)


def pdf_with(**entries: object) -> bytes:
    """A PDF whose catalogue has these entries; objects in compressed streams, where a search of bytes finds nothing."""
    with pikepdf.new() as document:
        document.add_blank_page()
        for key, value in entries.items():
            document.Root[f"/{key}"] = document.make_indirect(value)
        stream = io.BytesIO()
        document.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def action(kind: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"OpenAction": action("JavaScript", JS="app.alert(1)")}, "javascript"),
        ({"OpenAction": action("Launch", F="cmd.exe")}, "launch"),
        ({"AA": pikepdf.Dictionary(WC=action("SubmitForm", F="http://x"))}, "form_submission"),
        ({"AcroForm": pikepdf.Dictionary(Fields=pikepdf.Array(), XFA="x")}, "xfa"),
        ({"Spare": pikepdf.Dictionary(EF=pikepdf.Dictionary(), F="run.exe")}, "embedded_file"),
    ],
)
def test_thing_that_acts_is_found(tmp_path: Path, entries: dict[str, object], code: str) -> None:
    assert inspection_of(pdf_with(**entries), tmp_path / "pages").active == (code,)


def test_invoice_that_carries_itself_as_xml_is_nothing_that_acts(tmp_path: Path) -> None:
    content = pdf_with(Spare=pikepdf.Dictionary(EF=pikepdf.Dictionary(), F="factur-x.xml"))
    assert inspection_of(content, tmp_path).active == ()


def test_plain_pdf_is_clean(tmp_path: Path) -> None:
    found = inspection_of(make_pdf(_LONG), tmp_path)
    assert (found.active, found.software, found.hidden, found.complete) == ((), (), (), True)


def test_white_text_is_hidden_and_black_text_is_not(tmp_path: Path) -> None:
    content = make_pdf(_LONG).replace(b"60 760 Td 18 TL", b"60 760 Td 18 TL 1 1 1 rg")
    assert len(inspection_of(content, tmp_path).hidden) >= 10


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_editor_in_the_metadata_is_named(tmp_path: Path, kind: str) -> None:
    image, stream = Image.open(io.BytesIO(draw_page("text"))), io.BytesIO()
    exif = image.getexif()
    exif[0x0131] = "Adobe Photoshop 25.1 (Windows)"
    image.save(stream, kind, exif=exif)
    assert inspection_of(stream.getvalue(), tmp_path).software == ("Photoshop",)


def test_fingerprint_survives_scaling_and_compression(tmp_path: Path) -> None:
    original = draw_page("Harbour Water Ltd\n\nInvoice 4711\n\n" + _LONG)
    stream = io.BytesIO()
    with Image.open(io.BytesIO(original)) as image:
        image.resize((830, 602)).save(stream, "JPEG", quality=40)
    one = int(inspection_of(original, tmp_path / "one").fingerprints[0], 16)
    other = int(inspection_of(stream.getvalue(), tmp_path / "other").fingerprints[0], 16)
    assert (one ^ other).bit_count() <= 3


def test_bare_page_has_no_fingerprint(tmp_path: Path) -> None:
    assert inspection_of(draw_page(""), tmp_path).fingerprints == ("",)


def test_file_that_ends_its_inspection_is_not_complete(tmp_path: Path) -> None:
    decoded = decode(make_pdf(_LONG), tmp_path)
    assert not inspect(b"%PDF-1.4 nothing", "application/pdf", decoded.pages, tmp_path).complete


def test_many_open_files_of_the_parent_do_not_count_against_the_reader(tmp_path: Path) -> None:
    with ExitStack() as stack:
        for number in range(80):
            stack.enter_context((tmp_path / str(number)).open("w"))
        assert decode(make_pdf(_LONG), tmp_path).pages
