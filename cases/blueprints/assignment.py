"""Claims and automatic assignment: how long a claim lasts, how much one person gets, who is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.blueprints.reading import Reader
from core.exceptions import Fault

DEFAULT_ASSIGNMENT: dict[str, Any] = {"lease_minutes": 30, "return_when_lease_ends": True, "cap": 20}


@dataclass(frozen=True)
class AssignmentShape:
    """`cap` is the most open cases a person is given automatically (a queue's member may have a cap of their own)."""

    lease_minutes: int
    return_when_lease_ends: bool
    cap: int


@dataclass(frozen=True)
class Worker:
    """Somebody who could be given a case."""

    person: UUID
    load: int
    cap: int
    available: bool


def least_loaded(workers: Sequence[Worker]) -> Worker | None:
    """The available person with the smallest share of their cap in use; None where everybody is full or away."""
    free = [worker for worker in workers if worker.available and worker.load < worker.cap]
    return min(free, key=lambda worker: (worker.load / worker.cap, worker.load, str(worker.person)), default=None)


def read_assignment(body: Any) -> tuple[AssignmentShape, list[Fault]]:
    """The settings of a body and its faults."""
    reader = Reader()
    given = body if isinstance(body, dict) else {}
    lease = reader.number(given, "lease_minutes", "", least=5, most=480, fallback=30)
    cap = reader.number(given, "cap", "", least=1, most=1000, fallback=1)
    return AssignmentShape(int(lease), bool(given.get("return_when_lease_ends")), int(cap)), reader.faults
