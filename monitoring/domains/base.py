"""What a domain is: data about data. A rule knows rows only through this."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a field; the value is the word a message uses."""

    MONEY = "money"
    NUMBER = "number"
    TEXT = "text"
    LIST = "list"


NUMERIC = frozenset({Kind.MONEY, Kind.NUMBER})


@dataclass(frozen=True)
class Field:
    """A field of a row. `decimals` are kept exactly in sums; `required` rows cannot do without it."""

    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    decimals: int = 2


@dataclass(frozen=True)
class Domain:
    """`subject` is whose rows are looked at together, `time` orders them; `kept_days` is the longest window."""

    code: str
    subject: str
    time: str
    fields: Mapping[str, Field]
    kept_days: int = 400

    def names(self, kinds: frozenset[Kind] | None = None) -> list[str]:
        """The names of the fields, or of those of these kinds."""
        return [name for name, field in self.fields.items() if kinds is None or field.kind in kinds]
