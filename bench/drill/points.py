"""The enumerated fail points: where a process is killed exactly, each at least once in a drill."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """`where`: before or after the function, or within what it gives piece by piece."""

    name: str
    where: str
    module: str
    function: str


POINTS = (
    Point("file half written", "within", "core.envelope", "seal"),
    Point("file named, no row yet", "after", "documents.store", "put"),
    Point("step claimed", "after", "workflows.claims", "_row"),
    Point("step worked, not held", "before", "workflows.runner", "_hold"),
    Point("step complete, not committed", "after", "workflows.runner", "_complete"),
    Point("step committed", "after", "workflows.runner", "_attempt"),
    Point("model answered, not kept", "after", "documents.services.language", "ask"),
    Point("provider answered, not kept", "before", "screening.services.providers", "_keep"),
    Point("transactions assessed, not kept", "before", "monitoring.services.assessment", "_settled"),
    Point("record signed, not committed", "after", "audit.services.placing", "sign_note"),
)
# (name, method, how the path ends): the web process is gone after the commit and before the answer.
ANSWERED = (
    ("submission kept, not answered", "POST", "/api/v1/submissions"),
    ("transaction kept, not answered", "POST", "/api/v1/transactions"),
    ("proposal kept, not answered", "POST", "/decisions"),
    ("approval kept, not answered", "POST", "/approve"),
)
NAMES = tuple(point.name for point in POINTS) + tuple(name for name, _, _ in ANSWERED)
