"""What a verification finds: each fault names the entry, or the part of the record, and says what is wrong."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class LogFault:
    """`place` is the entry's place in the tree (faults are told in this order), -1 where it has none."""

    place: int
    kind: str
    what: str
    entry_id: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The fault as it is stored and exported."""
        return asdict(self)
