"""What a file is, by its first bytes. Its name and the sender's word for it do not count."""

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_PDF_WITHIN = 1024  # readers accept a header within the first kilobyte (ISO 32000, annex H)


def media_type_of(content: bytes) -> str:
    """`application/pdf`, `image/png`, `image/jpeg`, `image/tiff` or `image/webp`; empty for what is not read here."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if b"%PDF-" in content[:_PDF_WITHIN] else ""
