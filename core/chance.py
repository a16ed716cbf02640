"""A chance that nobody chooses: the same for the same thing, and not to be told beforehand by who sees only the thing."""

from django.utils.crypto import salted_hmac


def is_among(percent: int, purpose: str, key: object) -> bool:
    """Whether the thing with this key is among so many of a hundred. What is among few is among more, too.

    The keyed hash (RFC 2104, by the installation's secret key) is uniform over keys and needs nothing kept.
    """
    return int.from_bytes(salted_hmac(purpose, str(key), algorithm="sha256").digest()[:8]) % 100 < percent
