"""Listed parties as the index keeps them: one compact text an entry, unpacked when a name of it matched."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from screening.lists.base import PERSON, ListedParty

if TYPE_CHECKING:
    from screening.matching.index.names import NameIndex

_UNSAID = frozenset({"", "LegalEntity", "Thing"})
_MANY = (
    "aliases", "weak_aliases", "birth_dates", "countries", "id_numbers", "addresses", "programs", "positions", "topics",
    "referents",
)  # fmt: skip
_FIELDS = ("source_id", "schema", "name", "gender", *_MANY)


def is_person(schema: str) -> bool:
    """True for FollowTheMoney's Person."""
    return schema == PERSON


def is_unsaid(schema: str) -> bool:
    """True where the schema leaves open whether it is a person: LegalEntity, Thing, or none."""
    return schema in _UNSAID


def packed(place: int, party: ListedParty) -> bytes:
    """The party of the list at `place`, without its remarks, which no match looks at."""
    return json.dumps(
        [place, *(getattr(party, name) for name in _FIELDS)], ensure_ascii=False, separators=(",", ":")
    ).encode()


def unpacked(text: bytes) -> tuple[int, ListedParty]:
    """The place of the list, and the party."""
    place, *values = json.loads(text)
    told: dict[str, Any] = {
        name: tuple(value) if name in _MANY else value for name, value in zip(_FIELDS, values, strict=True)
    }
    return place, ListedParty(**told)


class Entries(Sequence[ListedParty]):
    """The entries of one or more indexes by their number, those of a later index after those of the former."""

    def __init__(self, indexes: Sequence["NameIndex"]) -> None:
        self._indexes = indexes

    def __len__(self) -> int:
        return sum(index.entry_count for index in self._indexes)

    def __getitem__(self, number: int) -> ListedParty:  # type: ignore[override]  # no slices
        return self.with_key(number)[1]

    def __iter__(self) -> Iterator[ListedParty]:
        return (self[number] for number in range(len(self)))

    def with_key(self, number: int) -> tuple[str, ListedParty]:
        """The key of the entry's list, and the party."""
        for index in self._indexes:
            if 0 <= number < index.entry_count:
                place, party = unpacked(index.text_of_entry(number))
                return index.meta["lists"][place], party
            number -= index.entry_count
        raise IndexError(number)
