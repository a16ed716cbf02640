"""What every provider's client is given and gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from screening.lists.base import ListedParty
from screening.matching.matcher import Query

Post = Callable[[str, dict[str, Any]], Any]  # (address below the provider's, body) → the parsed JSON answer


class ProviderAnswerInvalid(Exception):
    """The answer is not of the shape that was agreed: it counts as no answer."""


@dataclass(frozen=True)
class Asked:
    """Who is looked for, and the provider's mapping (data, no code)."""

    query: Query
    mapping: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """A listed party of the provider with its score (0 to 1)."""

    party: ListedParty
    score: float


Answer = list[Found]


def at(value: Any, path: str) -> Any:
    """The value at a dotted path (`result.hits`); None where there is none."""
    for part in path.split(".") if path else ():
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def texts(value: Any) -> tuple[str, ...]:
    """A value, or the values of a list, as texts."""
    return tuple(str(item) for item in (value if isinstance(value, list) else [value]) if item not in {None, ""})
