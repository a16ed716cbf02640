"""Hashes of an entry: the leaf of the Merkle tree (RFC 6962 section 2.1), the chain of its stream, and its MAC."""

import hashlib
import hmac

EMPTY_HEAD = bytes(32)


def leaf_hash(body: bytes) -> bytes:
    """SHA-256 over 0x00 and the canonical bytes (RFC 6962: the prefix sets leaves apart from inner nodes)."""
    return hashlib.sha256(b"\x00" + body).digest()


def chain_hash(previous: bytes, body: bytes) -> bytes:
    """The head of a stream after `body`, given the head before it."""
    return hashlib.sha256(previous + body).digest()


def entry_mac(key: bytes, body: bytes) -> bytes:
    """HMAC-SHA-256 under the application's key: a row written past the application does not bear it."""
    return hmac.digest(key, body, "sha256")
