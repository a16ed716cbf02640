"""What a domain is: data about data. A rule knows rows only through this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any as AnyValue

from core.words import said


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
class Column:
    """A column of a file. `required` rows cannot do without it."""

    kind: Kind
    required: bool = False


@dataclass(frozen=True)
class View:
    """How a line of a file becomes a row: for each field the columns it is taken from (the first that has a value), and
    fields that are always the same. A line becomes a row of each of the domain's views (a payment: of both accounts)."""

    taken: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table beside the file. `gives` is a field: 1 where the row's values of `keys` (field → column) are in the table,
    0 where not; without the table it is unknown."""

    keys: Mapping[str, str]
    gives: str


@dataclass(frozen=True)
class FileShape:
    """What a file of the domain holds: columns, the one that names an event, views, the tables that may go with it, and
    the columns an amount is converted by (amount, currency, time)."""

    event_id: str
    columns: Mapping[str, Column]
    views: tuple[View, ...]
    tables: Mapping[str, Table] = field(default_factory=dict)
    money: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Domain:
    """`subject` is whose rows are looked at together, `time` orders them; `kept_days` is the longest window.

    `payments` allow measures of who pays whom, `hits` allow `has_hit`. `is_reviewed_whole`: a subject's rows are judged
    when all of them are there (a batch record), so a rule may look ahead; elsewhere it may not. `derived` fields are
    operands of the rule language over the others. `rows_are` is what people call several rows, `subjects_are` several
    subjects. `owner` is a column beside the fields: rows of different owners (manufacturers) are never looked `among`.
    `scenarios` come with it, each as a file of `monitoring/scenarios/` has it; a domain of many has them there instead.
    """

    code: str
    files: FileShape
    subject: str
    time: str
    fields: Mapping[str, Field]
    kept_days: int = 400
    payments: PaymentFields | None = None
    hits: HitFields | None = None
    is_reviewed_whole: bool = False
    derived: Mapping[str, AnyValue] = field(default_factory=dict)
    rows_are: str = said("transactions")
    subjects_are: str = said("customers")
    owner: str = ""
    scenarios: tuple[Mapping[str, AnyValue], ...] = ()

    def names(self, kinds: frozenset[Kind] | None = None) -> list[str]:
        """The names of the fields, or of those of these kinds."""
        return [name for name, told in self.fields.items() if kinds is None or told.kind in kinds]

    def kind_of(self, name: str) -> Kind | None:
        """The type of a field; the time by which rows are ordered is one too."""
        if name == self.time:
            return Kind.TIME
        return self.fields[name].kind if name in self.fields else Kind.TEXT if name == self.subject else None
