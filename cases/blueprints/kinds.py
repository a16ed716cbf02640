"""The kinds of blueprint: what each is for, what comes with the product, how its body is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.blueprints.assignment import DEFAULT_ASSIGNMENT, read_assignment
from cases.blueprints.calendars import default_calendars, read_calendars
from cases.blueprints.checklists import DEFAULT_CHECKLISTS, read_checklists
from cases.blueprints.deadlines import DEFAULT_DEADLINES, read_deadlines
from cases.blueprints.priority import DEFAULT_PRIORITY, read_priority
from cases.enums import BlueprintKind
from core.exceptions import Fault


@dataclass(frozen=True)
class KindOfBlueprint:
    """`read` gives the shape of a body and its faults; `shipped` is the body that comes with the product."""

    kind: BlueprintKind
    sentence: str
    shipped: dict[str, Any]
    read: Callable[[Any], tuple[Any, list[Fault]]]


KINDS = {
    item.kind: item
    for item in (
        KindOfBlueprint(
            BlueprintKind.CALENDARS, "Business hours, time zones and holidays that deadlines are counted in.",
            default_calendars(), read_calendars,
        ),
        KindOfBlueprint(
            BlueprintKind.DEADLINES, "How many business hours a case may take, by queue and by how grave it is.",
            DEFAULT_DEADLINES, read_deadlines,
        ),
        KindOfBlueprint(
            BlueprintKind.PRIORITY, "What puts one case before another, and by how much.", DEFAULT_PRIORITY,
            read_priority,
        ),
        KindOfBlueprint(
            BlueprintKind.CHECKLISTS, "What must be done before an outcome may be proposed.", DEFAULT_CHECKLISTS,
            read_checklists,
        ),
        KindOfBlueprint(
            BlueprintKind.ASSIGNMENT, "How long a claim lasts and how much one person is given.", DEFAULT_ASSIGNMENT,
            read_assignment,
        ),
    )
}  # fmt: skip
