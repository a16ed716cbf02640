"""Type by content."""

import pytest

from documents.extraction.sniff import media_type_of
from tests.factories.documents import draw_page, make_pdf, page_image


def test_media_type_goes_by_content() -> None:
    assert media_type_of(page_image()) == "image/jpeg"
    assert media_type_of(draw_page("text")) == "image/png"
    assert media_type_of(b"\n\n" + make_pdf("text")) == "application/pdf"


@pytest.mark.parametrize("content", [b"", b"<html>", b"GIF89a", b"PK\x03\x04", b"\x7fELF", b"RIFF0000WAVE"])
def test_media_type_of_what_is_not_read_here_is_empty(content: bytes) -> None:
    assert media_type_of(content) == ""
