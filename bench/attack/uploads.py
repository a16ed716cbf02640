"""Files that mean harm by their name or by what is in them, small enough to be sent to every field that takes one."""

import gzip
import io
import zipfile
from collections.abc import Iterator

from bench.attack.probes import NAME, SPEAKING

Upload = tuple[str, bytes, str]
HARMLESS: Upload = ("a.csv", b"id,name\n1,Anna\n", "text/csv")
_MARK = f"<{NAME} y=1>"
_ENTITY = f'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r><name>&e;</name><note>{_MARK}</note></r>'
_LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefghi", "bcdefghij", strict=True)
) + "]><r>&j;</r>"  # fmt: skip


def uploads() -> Iterator[Upload]:
    """Names that speak or climb; entities that read files or grow; archives that climb or unpack to much; odd bytes; formulas."""
    csv = f"id,name\n{SPEAKING},{_MARK}\n=cmd|'/c calc'!A0,@SUM(1)\n".encode()
    yield f"{_MARK}.csv", csv, "text/csv"
    yield "../../../../etc/passwd", csv, "text/csv"
    yield f"{'a' * 2000}.csv", csv, "text/csv"
    yield "entity.xml", _ENTITY.encode(), "application/xml"
    yield "laughs.xml", _LAUGHS.encode(), "application/xml"
    yield (
        "entity.svg",
        f"<svg xmlns='http://www.w3.org/2000/svg'><script>{NAME}()</script></svg>".encode(),
        "image/svg+xml",
    )
    yield "page.pdf", f"<html>{_MARK}<script>{NAME}()</script></html>".encode(), "application/pdf"
    yield "climbing.zip", _archive("../../climbed.csv", csv), "application/zip"
    yield "much.zip", _archive("sdn.csv", b"0," * 16_000_000), "application/zip"
    yield "much.csv.gz", gzip.compress(b"0," * 16_000_000), "application/gzip"
    yield "broken.zip", _archive("sdn.csv", csv)[:-30], "application/zip"
    yield "empty.csv", b"", "text/csv"
    yield "odd.csv", bytes(range(256)) * 40, "text/csv"
    yield "wide.csv", b"," * 200_000 + b"\n" + b'"' * 3, "text/csv"
    yield "deep.json", b"[" * 100_000, "application/json"


def _archive(name: str, content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return kept.getvalue()
