"""Named lists: values that many rules look into, in editions of which the one counts that was in force at the row's moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any as AnyValue

LIST_KEY = "list"


@dataclass(frozen=True)
class Edition:
    """A version of a list that is or was in force: from `since` (ISO 8601 with a zone) on; empty, from ever."""

    number: int
    since: str
    values: tuple[str, ...]

    @property
    def begins(self) -> datetime:
        """The moment it came in force."""
        return datetime.fromisoformat(self.since) if self.since else datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class NamedList:
    """A list by its name with at least one edition, the oldest first. Equal where name and every edition are.

    Rows older than the oldest edition are judged by the oldest: an installation knows nothing from before it.
    """

    name: str
    editions: tuple[Edition, ...] = field(compare=False)
    digest: str = ""

    @property
    def newest(self) -> Edition:
        """The edition in force now."""
        return self.at(datetime.now(UTC))

    def at(self, moment: AnyValue) -> Edition:
        """The edition in force then; of an unknown moment that of now. An approved one that begins later is none yet."""
        if not isinstance(moment, datetime):
            return self.newest
        told = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return next((item for item in reversed(self.editions) if item.begins <= told), self.editions[0])


Lists = Mapping[str, NamedList]


def named_list(name: str, editions: tuple[Edition, ...]) -> NamedList:
    """The list; its digest stands for all that is in it, so that comparing lists stays cheap however long they are."""
    told = repr([(item.number, item.since, item.values) for item in editions])
    return NamedList(name, editions, sha256(told.encode()).hexdigest()[:16])


def plain_list(name: str, values: list[str]) -> NamedList:
    """A list with one edition that was always in force, as files have it."""
    return named_list(name, (Edition(1, "", tuple(values)),))


def list_from(data: Mapping[str, AnyValue]) -> NamedList:
    """What `asdict` made of a list, also after JSON."""
    editions = tuple(Edition(item["number"], item["since"], tuple(item["values"])) for item in data["editions"])
    return NamedList(data["name"], editions, data["digest"])


def names_in(data: AnyValue) -> Iterator[str]:
    """The names of lists that a rule or a measure in JSON looks into."""
    if isinstance(data, Mapping):
        if set(data) == {LIST_KEY}:
            yield str(data[LIST_KEY])
        for item in data.values():
            yield from names_in(item)
    elif isinstance(data, list):
        for item in data:
            yield from names_in(item)
