"""Reads of rules: who hears of an event besides those it concerns."""

from dataclasses import dataclass

from notifications.events import EVENTS, EventType
from notifications.models import EventRule


@dataclass(frozen=True)
class Rule:
    """What is in force for an event: a row that an administrator saved, else the catalogue."""

    event: EventType
    is_on: bool
    roles: frozenset[str]


def rule_for(event: EventType) -> Rule:
    """The rule in force for the event."""
    return _rule(event, EventRule.objects.filter(event=event.code).first())


def rules() -> list[Rule]:
    """The rule in force for every event, in the catalogue's order."""
    rows = {row.event: row for row in EventRule.objects.all()}
    return [_rule(event, rows.get(event.code)) for event in EVENTS.values()]


def _rule(event: EventType, row: EventRule | None) -> Rule:
    if row is None:
        return Rule(event, True, frozenset(str(role) for role in event.roles))
    return Rule(event, row.is_on, frozenset(row.roles))
