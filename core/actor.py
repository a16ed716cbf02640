"""Who acts: a person, a service account or the system itself. Services take an Actor as `by`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ActorKind(StrEnum):
    PERSON = "person"
    SERVICE_ACCOUNT = "service_account"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """`id` is the key of the account (for the system: the name of the part), `name` is what the record shows."""

    kind: ActorKind
    id: str
    name: str

    @property
    def is_person(self) -> bool:
        return self.kind is ActorKind.PERSON


class Principal(Protocol):
    """What authentication leaves on a request: a person or an API client."""

    @property
    def actor(self) -> Actor: ...

    def has_perm(self, perm: str, obj: object | None = None) -> bool: ...


def system_actor(part: str) -> Actor:
    """The product itself acting, through the named part (`workflow`, `scheduler`, `policy`)."""
    return Actor(ActorKind.SYSTEM, part, part)
