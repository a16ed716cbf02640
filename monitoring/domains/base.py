"""What a domain is: data about data. A rule knows rows only through this."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a field; the value is the word a message uses."""

    MONEY = "money"
    NUMBER = "number"
    TEXT = "text"
    TIME = "time"
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
class PaymentFields:
    """Which fields make a row a payment from one account to another, as measures of who pays whom need it."""

    own: str
    other: str
    direction: str
    amount: str
    incoming: str = "in"
    outgoing: str = "out"


@dataclass(frozen=True)
class HitFields:
    """Which fields hold the screening of the counterparty: the topics of its hits, and the best score."""

    topics: str
    score: str


@dataclass(frozen=True)
class Domain:
    """`subject` is whose rows are looked at together, `time` orders them; `kept_days` is the longest window.

    `payments` allow measures of who pays whom, `hits` allow `has_hit`. `is_reviewed_whole`: a subject's rows are judged
    when all of them are there (a batch record), so a rule may look ahead; elsewhere it may not.
    """

    code: str
    subject: str
    time: str
    fields: Mapping[str, Field]
    kept_days: int = 400
    payments: PaymentFields | None = None
    hits: HitFields | None = None
    is_reviewed_whole: bool = False

    def names(self, kinds: frozenset[Kind] | None = None) -> list[str]:
        """The names of the fields, or of those of these kinds."""
        return [name for name, field in self.fields.items() if kinds is None or field.kind in kinds]

    def kind_of(self, name: str) -> Kind | None:
        """The type of a field; the time by which rows are ordered is one too."""
        if name == self.time:
            return Kind.TIME
        return self.fields[name].kind if name in self.fields else Kind.TEXT if name == self.subject else None
