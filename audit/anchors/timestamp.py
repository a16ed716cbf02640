"""A timestamp authority (RFC 3161): somebody else's signature that a checkpoint existed at a time.

The tokens are kept beside the anchor file. A superuser of the database and of every key of this installation still
cannot make a token of last week for another root.
"""

import base64
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from audit.anchors.base import Anchor, AnchorFailed, register_anchor
from audit.log.notes import NoteRefused

_SECONDS = 10.0
_HEADERS = {"Content-Type": "application/timestamp-query"}


class TimestampAnchor:
    """Has the note's SHA-256 stamped, at most once an hour, and keeps note and token as a line of JSON."""

    name, every_seconds = "timestamp", 3600

    def __init__(self, url: str, roots: Path, path: Path) -> None:
        self.url, self.roots, self.path = url, roots, path

    def publish(self, note: str) -> str:
        """Asks for a token, verifies it against the authority's roots, keeps it; the receipt is the time it states.

        The authority sees a hash. Raises AnchorFailed where it does not answer, or its token does not verify.
        """
        request = TimestampRequestBuilder().data(note.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
        try:
            answer = httpx.post(self.url, content=request.as_bytes(), headers=_HEADERS, timeout=_SECONDS)
            at = self._stated(answer.raise_for_status().content, note, VerifierBuilder.from_request(request))
            self._keep(note, answer.content)
        except httpx.HTTPError as error:
            raise AnchorFailed(f"the timestamp authority does not answer: {type(error).__name__}") from error
        except (VerificationError, ValueError) as error:
            raise AnchorFailed(f"the timestamp authority's token is refused: {error}") from error
        except OSError as error:
            raise AnchorFailed(f"timestamps cannot be kept: {error.strerror}") from error
        return at.isoformat()

    def notes(self) -> Iterator[str]:
        """Every stamped note; raises NoteRefused at one whose token is not of it."""
        if not self.path.exists():
            return
        for line in self.path.read_text(encoding="utf-8").splitlines():
            kept = json.loads(line)
            try:
                self._stated(base64.b64decode(kept["token"]), kept["note"], VerifierBuilder())
            except (VerificationError, ValueError) as error:
                raise NoteRefused(f"its timestamp does not fit it: {error}") from error
            yield kept["note"]

    def _stated(self, token: bytes, note: str, builder: VerifierBuilder) -> datetime:
        for root in load_pem_x509_certificates(self.roots.read_bytes()):
            builder = builder.add_root_certificate(root)
        response = decode_timestamp_response(token)
        builder.build().verify_message(response, note.encode())
        return response.tst_info.gen_time

    def _keep(self, note: str, token: bytes) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"note": note, "token": base64.b64encode(token).decode()}) + "\n")
            stream.flush()
            os.fsync(stream.fileno())


def _build() -> Anchor | None:
    if not settings.AUDIT_TSA_URL:
        return None
    return TimestampAnchor(settings.AUDIT_TSA_URL, settings.AUDIT_TSA_ROOTS, settings.AUDIT_TIMESTAMPS)


register_anchor("timestamp", _build)
