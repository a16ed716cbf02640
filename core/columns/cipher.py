"""One value of a column as ciphertext: `pbc1:`, the key's id, `:`, then nonce and AES-256-GCM in base64.

Each column has keys of its own, derived from those of the installation (HKDF, RFC 5869), so a value opens only in the column it
was sealed for; with a random nonce a key is good for 2**32 values (NIST SP 800-38D, 8.3). What is long is compressed first.
"""

import os
import zlib
from binascii import Error, a2b_base64, b2a_base64
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from core.envelope import CannotOpen

MARK = "pbc1:"
_NONCE, _LONG = 12, 400
_PLAIN, _PACKED = b"-", b"z"


def seal_value(text: str, place: str) -> str:
    """The text as ciphertext for the column `place` (`table.column`), under the current key."""
    key_id, secret = next(iter(settings.DOCUMENT_KEYS.items()))
    content = text.encode()
    content = _PACKED + zlib.compress(content, 1) if len(content) > _LONG else _PLAIN + content
    nonce = os.urandom(_NONCE)
    sealed = nonce + _cipher(secret, place).encrypt(nonce, content, key_id.encode())
    return f"{MARK}{key_id}:{b2a_base64(sealed, newline=False).decode()}"


def open_value(stored: str, place: str) -> str:
    """What was sealed for `place`. Text that was stored before the column was sealed, or by a former release, comes as it is.

    Raises CannotOpen where it was changed, stands in another column, or its key is not configured.
    """
    if not stored.startswith(MARK):
        return stored
    key_id, _, body = stored[len(MARK) :].partition(":")
    secret = settings.DOCUMENT_KEYS.get(key_id)
    if secret is None:
        raise CannotOpen(f"a value in {place} is sealed under the key {key_id}, which is not configured")
    try:
        sealed = a2b_base64(body)
        content: bytes = _cipher(secret, place).decrypt(sealed[:_NONCE], sealed[_NONCE:], key_id.encode())
    except (InvalidTag, Error, ValueError) as error:
        raise CannotOpen(f"a value in {place} was changed or belongs to another column or key") from error
    return (zlib.decompress(content[1:]) if content.startswith(_PACKED) else content[1:]).decode()


@lru_cache(maxsize=1024)
def _cipher(secret: str, place: str) -> AESGCM:
    """A column's own key, kept per process: deriving it costs more than opening ten values."""
    info = b"probity column key\0" + place.encode()
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode()))
