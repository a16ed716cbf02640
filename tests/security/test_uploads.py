"""Hostile files through every door: each ends in a reading or a named refusal, within bounds, and comes back as no more than data."""

import resource
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from cases.filings.formats.xml import parsed, schema_of
from core.exceptions import InvalidInput, ProbityError
from documents.extraction.limits import DECODER_SECONDS, INSPECTION_SECONDS, MEMORY_BYTES, REFUSALS
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.sandbox import read_in_child
from documents.extraction.sniff import media_type_of
from documents.models import Document
from monitoring.intake.xml import elements
from screening.exceptions import ListRefused
from screening.lists.base import formats
from screening.services import import_list
from screening.uploads import unpacked
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.documents import TODAY
from tests.factories.monitoring import SYSTEM
from tests.security.hostile_files import DOCUMENTS, MARKER, NAMES, NO_DOCUMENTS, fetching, laughs, packed

_SECONDS = DECODER_SECONDS + INSPECTION_SECONDS + 5  # of CPU, over all processes that read one file


@pytest.mark.parametrize("name", NO_DOCUMENTS)
def test_what_is_no_document_is_not_opened(name: str) -> None:
    assert media_type_of(NO_DOCUMENTS[name]) == ""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile_document_ends_in_a_reading_or_a_refusal_within_bounds(name: str) -> None:
    content, wanted, active = DOCUMENTS[name]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with read_in_child(content, OcrSettings(), TODAY) as (reading, folder):
        assert reading.refusal in wanted
        assert not reading.refusal or reading.refusal in REFUSALS
        if not reading.refusal:
            assert active <= set(reading.inspection.active)
        for page in reading.pages:
            image = (folder / page.image).read_bytes()
            assert image.startswith(b"\xff\xd8\xff")
            assert MARKER not in image
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < _SECONDS
    assert after.ru_maxrss * 1024 < MEMORY_BYTES


@pytest.mark.django_db
def test_file_comes_back_as_an_attachment_that_no_browser_runs(client: Client) -> None:
    """Whatever its name and whatever it is: the name is shown as text, and no header holds it."""
    client.force_login(make_person(Role.MLRO))
    customer = make_case().customer
    files = list(NO_DOCUMENTS.items()) + [(name, b"content of %d" % at) for at, name in enumerate(NAMES)]
    for name, content in files:
        sent = SimpleUploadedFile("x", content, "image/svg+xml")
        sent._name = name  # as a program sends it; Django cleans what comes by a form
        answer = client.post(reverse("documents:document_upload", args=[customer.pk]), {"file": sent})
        assert answer.status_code == 302, name
    assert Document.objects.filter(customer=customer).count() == len(files)
    page = client.get(reverse("documents:document_panel", args=[customer.pk])).content
    assert MARKER not in page
    assert b"\xe2\x80\xae" not in page
    for document in Document.objects.all():
        answer = client.get(reverse("documents:document_download", args=[document.pk]))
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"] == f'attachment; filename="{document.pk}.bin"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert (
            "default-src 'none'" in answer["Content-Security-Policy"]
            or "script-src 'self'" in answer["Content-Security-Policy"]
        )


@pytest.mark.parametrize("content", [laughs(), fetching(), b"<a>" * 5000, b"\x00", b"", b"<a/>" * 2])
def test_hostile_xml_is_refused_by_every_reader_of_it(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        parsed(content)
    with pytest.raises(InvalidInput):
        schema_of(content)
    (tmp_path / "sent.xml").write_bytes(content)
    with pytest.raises(ProbityError):
        list(elements(tmp_path / "sent.xml", "x"))


def _encrypted() -> bytes:
    """An archive whose only file says that it is encrypted (bit 0 of its flags)."""
    plain = bytearray(packed({"sdn.csv": b"1,2,3"}))
    plain[6] |= 1
    plain[plain.index(b"PK\x01\x02") + 8] |= 1
    return bytes(plain)


def _lying() -> bytes:
    """An archive whose file says that it is a thousand times larger than it is packed."""
    plain = bytearray(packed({"sdn.csv": b"1,2,3"}))
    at = plain.index(b"PK\x01\x02") + 24
    plain[at : at + 4] = (2**32 - 2).to_bytes(4, "little")
    return bytes(plain)


@pytest.mark.django_db
@pytest.mark.parametrize("format", sorted(formats()))
def test_an_archive_of_something_else_is_refused_by_every_format(format: str, tmp_path: Path) -> None:
    (tmp_path / "climbed.csv").write_bytes(b"1,2,3")
    with pytest.raises(ListRefused):
        import_list(path=tmp_path, format=format, by=SYSTEM)


@pytest.mark.parametrize(
    "content",
    [packed({f"{at}.csv": b"1" for at in range(21)}), _lying(), _encrypted(), packed({"sdn.csv": b"1" * 5000})[:-40] + bytes(40),
     b"junk" + packed({"sdn.csv": b"1,2,3"}).replace(b"1,2", b"9,9"), packed({"..": b"x"}), packed({"a/..": b"x", "b": b"y"})],
    ids=["21 files", "too large", "encrypted", "cut", "changed", "climbing", "climbing twice"],
)  # fmt: skip
def test_hostile_archive_of_a_list_is_refused_or_stays_in_its_folder(content: bytes, tmp_path: Path) -> None:
    archive = tmp_path / "list.zip"
    archive.write_bytes(content)
    try:
        with unpacked(archive) as found:
            inside = found if found.is_dir() else found.parent
            assert all(path.resolve().is_relative_to(inside.resolve()) for path in inside.rglob("*"))
    except ListRefused:
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["list.zip"]
