"""The archive: the same files give the same bytes, wherever and whenever it is made, so that any change shows.

It is written file by file and never held whole: what has no known size is spooled beside it first.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.keys import signers, verifiers
from audit.log.notes import sign_note
from reporting.evidence import verify

VERIFIER = Path(verify.__file__).read_bytes()
README = b"""What this is
report.pdf        what people read: start here
case.json         the same as data (customer.json: a customer; customers.jsonl: a period, one customer a line)
entries.jsonl     the entries of the record about it: the exact bytes (base64), their place, their path to the root
checkpoint.txt    the signed root; consistency.json shows that an earlier one is its beginning
documents/        originals, where whoever exported may have them
keys.txt          the record's verifier keys. Compare them with what its owner published elsewhere.
verify.py         python verify.py FILE.zip [--json] [KEY ...] - needs Python and `cryptography`, no network

A pack holds what it is about and what the person it was made for may see. Numbers that are missing between entries
belong to something else, or to another time; that they are missing says nothing more.
"""
_IN_MEMORY = 1 << 20


class PackWriter:
    """A pack that is being written to `path`; `finish` signs it. Left without that, nothing stays at `path`."""

    def __init__(self, path: Path, about: str) -> None:
        self._path, self._unfinished, self._about = path, path.with_suffix(".part"), about
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._archive = zipfile.ZipFile(self._unfinished, "w", zipfile.ZIP_STORED)
        self._unfinished.chmod(0o600)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._archive.close()
        if kind is None:
            self._unfinished.replace(self._path)
        else:
            self._unfinished.unlink(missing_ok=True)

    def add(self, name: str, content: bytes) -> None:
        """A file that is at hand."""
        self._put(name, len(content), [content])

    def add_pieces(self, name: str, pieces: Iterable[bytes]) -> None:
        """A file of unknown size, piece by piece."""
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(self._path.parent)) as spool:
            for piece in pieces:
                spool.write(piece)
            size = spool.tell()
            spool.seek(0)
            self._put(name, size, verify.pieces(spool))

    def finish(self) -> str:
        """Adds readme, keys, verifier and the signed manifest; gives the manifest's SHA-256."""
        keys = "".join(f"{key.as_text()}\n" for key in verifiers())
        for name, content in {"README.txt": README, "keys.txt": keys.encode(), "verify.py": VERIFIER}.items():
            self.add(name, content)
        manifest = json.dumps({"about": self._about, "files": self._digests}, indent=1, sort_keys=True).encode()
        digest = hashlib.sha256(manifest).hexdigest()
        self.add("manifest.json", manifest)
        self.add("manifest.sig", sign_note(f"probity evidence manifest\n{digest}\n", signers()).encode())
        return digest

    def _put(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        found = hashlib.sha256()
        verify.add_file(self._archive, name, size, _hashed(pieces, found))
        self._digests[name] = found.hexdigest()


def _hashed(pieces: Iterable[bytes], into: "hashlib._Hash") -> Iterator[bytes]:
    for piece in pieces:
        into.update(piece)
        yield piece
