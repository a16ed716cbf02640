"""Who holds what is sealed under the installation's keys, so that nothing is left behind when a key is taken away.

An app registers where its `ready` imports it; `manage.py rotate_keys` has to know nobody.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.vault import installation_ring


@dataclass(frozen=True)
class SealedThings:
    """`key_ids` gives the key id of each thing (empty: not sealed yet). `renew` moves one after another to the current key.

    `renew` yields after each whether it moved; what it yielded is durable, so it may be killed and run again.
    """

    name: str
    key_ids: Callable[[], Iterator[str]]
    renew: Callable[[], Iterator[bool]]


_known: dict[str, SealedThings] = {}


def register_sealed(things: SealedThings) -> None:
    """Makes an app's sealed things part of every rotation; raises ValueError where the name is taken."""
    if things.name in _known:
        raise ValueError(f"{things.name} are registered twice")
    _known[things.name] = things


def things_by_key() -> dict[str, Counter[str]]:
    """How many of what each key seals: `{key id: {name: count}}`. Reads every header."""
    found: dict[str, Counter[str]] = {}
    for things in _known.values():
        for key_id in things.key_ids():
            found.setdefault(key_id, Counter())[things.name] += 1
    return found


def to_be_moved(by_key: dict[str, Counter[str]]) -> int:
    """How many of these are not under the current key."""
    current = installation_ring().current
    return sum(count.total() for key_id, count in by_key.items() if key_id != current)


def move_all(report: Callable[[int, str], None] = lambda moved, name: None) -> dict[str, int]:
    """Moves everything to the current key; how many of what were moved. Raises CannotOpen at what no key opens."""
    moved: Counter[str] = Counter()
    for things in sorted(_known.values(), key=lambda item: item.name):
        for has_moved in things.renew():
            moved[things.name] += has_moved
            report(moved.total(), things.name)
    return dict(moved)
