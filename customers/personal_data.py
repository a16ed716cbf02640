"""Who holds personal data of customers: each app says how it forgets a customer and what it gives them of their own.

An app registers where its `ready` imports it; nothing else has to know. Those on higher floors forget first: what they
keep may point at rows of a lower one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

Files = Iterator[tuple[str, Iterator[bytes]]]


@dataclass(frozen=True)
class Holder:
    """`forget` deletes or blanks everything and gives counts; `give` is what the customer may have of it (GDPR Art. 15).

    `kept_until` is the last day for which a law of its own asks to keep it, whatever the relationship's end says.

    What is held against a customer (hits, alerts, opinions) is never given: it could tell them that they are suspected.
    """

    name: str
    floor: int
    forget: Callable[[UUID], Mapping[str, int]]
    give: Callable[[UUID], Mapping[str, object]] = lambda customer_id: {}
    kept_until: Callable[[UUID], date | None] = lambda customer_id: None
    files: Callable[[UUID], Files] = lambda customer_id: iter(())


_holders: dict[str, Holder] = {}


def register_holder(holder: Holder) -> None:
    """Makes an app's data part of every erasure and access; raises ValueError where its name is taken."""
    if holder.name in _holders:
        raise ValueError(f"{holder.name} says twice how it forgets")
    _holders[holder.name] = holder


def holders() -> list[Holder]:
    """Every holder, the highest floor first."""
    return sorted(_holders.values(), key=lambda holder: (-holder.floor, holder.name))
