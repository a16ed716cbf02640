"""Small secrets kept in the database, such as a channel's address or a signing key, sealed as files are.

The ring is `PROBITY_DOCUMENT_KEYS`: its first key seals, all open; who seals takes part in changing it (`core.sealed`).
What is sealed is bound to the name of its place, so that nothing can be moved from one row into another.
"""

import base64
import binascii
import io
from functools import lru_cache

from django.conf import settings

from core import envelope


def seal_text(text: str, place: str) -> str:
    """The text as ciphertext for a column; `place` names the row and the column."""
    pieces = envelope.seal(text.encode(), place.encode(), installation_ring())
    return base64.b64encode(b"".join(pieces)).decode("ascii")


def open_text(sealed: str, place: str) -> str:
    """What was sealed for `place`; raises CannotOpen where it was changed, moved, or its key is not configured."""
    return b"".join(envelope.unseal(_stream(sealed), place.encode(), installation_ring())).decode()


def renew_text(sealed: str, place: str) -> str | None:
    """The same under the current key; None where it is already. Raises CannotOpen."""
    if key_of_text(sealed) == installation_ring().current:
        return None
    pieces = envelope.rewrap(_stream(sealed), place.encode(), installation_ring())
    return base64.b64encode(b"".join(pieces)).decode("ascii")


def key_of_text(sealed: str) -> str:
    """The id of the key that a text is sealed under; raises CannotOpen where it is nothing sealed."""
    return envelope.read_header(_stream(sealed)).key_id


def installation_ring() -> envelope.KeyRing:
    """The keys of this installation, as configured now."""
    return _ring_of(tuple(settings.DOCUMENT_KEYS.items()))


@lru_cache(maxsize=4)
def _ring_of(keys: tuple[tuple[str, str], ...]) -> envelope.KeyRing:
    return envelope.KeyRing(dict(keys))


def _stream(sealed: str) -> io.BytesIO:
    try:
        return io.BytesIO(base64.b64decode(sealed, validate=True))
    except binascii.Error as error:
        raise envelope.CannotOpen("this is nothing sealed") from error
