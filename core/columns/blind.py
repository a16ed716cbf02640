"""Blind values: what equal values have in common, without the value. HMAC-SHA256 under a key of its own, cut short.

Who has the database alone can see that two rows share something, and guess nothing without the key. The key
(`PROBITY_BLIND_KEY`) does not take part in rotation: blind values of two keys cannot be compared. To change it, every blind value
is made anew from what it stands for (`manage.py rebuild_blind_indexes`).
"""

import hmac
from base64 import b32encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings

_OCTETS = 15


def blind(value: str, place: str, octets: int = _OCTETS) -> str:
    """Lower-case letters and digits that stand for the value in this place; eight for every five octets."""
    digest = hmac.digest(settings.BLIND_KEY.encode(), f"{place}\0{value}".encode(), "sha256")
    return b32encode(digest[:octets]).decode().rstrip("=").lower()


@dataclass(frozen=True)
class BlindIndex:
    """An index of blind values, and how all of it is made anew; `rebuild` is told where to report and gives how many."""

    name: str
    rebuild: Callable[[Callable[[int, int, str], None]], int]


_known: dict[str, BlindIndex] = {}


def register_blind_index(index: BlindIndex) -> None:
    """Makes an app's index part of every change of the blind key; raises ValueError where the name is taken."""
    if index.name in _known:
        raise ValueError(f"{index.name} is registered twice")
    _known[index.name] = index


def blind_indexes() -> Iterable[BlindIndex]:
    """Every registered index."""
    return sorted(_known.values(), key=lambda index: index.name)
