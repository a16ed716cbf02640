"""The named lists that ship: one file each. Pure: no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from monitoring.rules.lists import NamedList, plain_list

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ShippedList:
    """A list file. `holds` is `countries` or `texts`."""

    name: str
    title: str
    holds: str
    purpose: str
    source: str
    entries: tuple[str, ...]

    @property
    def named(self) -> NamedList:
        """The list as rules look into it."""
        return plain_list(self.name, list(self.entries))


def shipped_lists(tiers: Mapping[str, str]) -> list[ShippedList]:
    """Every list that ships, by name. `tiers` say of a country (ISO alpha-2) how the FATF lists it."""
    return [_read(path, tiers) for path in sorted(_FOLDER.glob("*.yaml"))]


def named_lists_that_ship(tiers: Mapping[str, str]) -> dict[str, NamedList]:
    """The same by name, as rules look into them."""
    return {item.name: item.named for item in shipped_lists(tiers)}


def _read(path: Path, tiers: Mapping[str, str]) -> ShippedList:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    wanted: Iterable[str] = data.pop("tiers", ())
    entries = [*data.pop("entries", ()), *(code for code, tier in tiers.items() if tier in wanted)]
    return ShippedList(name=path.stem, entries=tuple(sorted(entries)), **data)
