"""What runs can be about: kinds of things, registered by the apps that own them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Subject:
    """A kind of thing that inputs name as `<kind>_id`. Of several named ones the run is about that of the lowest `rank`.

    `stream` gives the audit stream of one; an empty text where there is no such thing.
    """

    kind: str
    rank: int
    stream: Callable[[UUID], str]


_subjects: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    """Lets runs be started about things of this kind; raises ValueError where its name is taken."""
    if subject.kind in _subjects:
        raise ValueError(f"the subject {subject.kind} is registered twice")
    _subjects[subject.kind] = subject


def subjects() -> list[Subject]:
    """Every registered kind, the lowest rank first."""
    return sorted(_subjects.values(), key=lambda subject: subject.rank)
