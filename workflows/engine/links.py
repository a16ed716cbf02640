"""What the ids in a run's subject, inputs and outputs lead to: registered by the apps that own the things. Pure.

An app says in its `ready`: `register_link("case_id", cases_behind)`. A finder gets all ids of that name at once (one
query) and who looks, and gives a link for each that this person may open.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    """What stands behind an id, in words without personal data, and its page."""

    label: str
    url: str


Finder = Callable[[Sequence[str], Any], Mapping[str, Link]]
_finders: dict[str, Finder] = {}
_lookups: dict[str, Callable[[str], Sequence[str]]] = {}


def register_link(name: str, finder: Finder, lookup: Callable[[str], Sequence[str]] | None = None) -> None:
    """Has ids under `name` (and `name` + `s`) shown as links. Raises ValueError where the name is taken.

    `lookup` gives the ids that a typed number or reference means, for finding runs about such a thing.
    """
    if name in _finders:
        raise ValueError(f"links of {name} are registered twice")
    _finders[name] = finder
    if lookup:
        _lookups[name] = lookup


def links_of(values: Iterable[tuple[str, Any]], viewer: Any) -> list[Link]:
    """The links behind (name, id or list of ids), each once, in their order; unknown names and ids lead nowhere."""
    return list(dict.fromkeys(links_by_id(values, viewer).values()))


def links_by_id(values: Iterable[tuple[str, Any]], viewer: Any) -> dict[str, Link]:
    """The same by id: one query a name, however many ids."""
    wanted: dict[str, list[str]] = {}
    for name, value in values:
        key = name if name in _finders else name.removesuffix("s")
        if key in _finders:
            ids = value if isinstance(value, list) else [value]
            wanted.setdefault(key, []).extend(one for one in ids if isinstance(one, str))
    found = {key: _finders[key](list(dict.fromkeys(ids)), viewer) for key, ids in wanted.items()}
    return {one: found[key][one] for key, ids in wanted.items() for one in ids if one in found[key]}


def subjects_meant_by(text: str) -> list[tuple[str, str]]:
    """(type of subject, id) of everything that a typed number or reference means."""
    return [(name.removesuffix("_id"), found) for name, lookup in _lookups.items() for found in lookup(text)]
