"""How long a case may take, by its queue and how grave it is."""

from dataclasses import dataclass
from typing import Any

from cases.blueprints.reading import Reader
from core.exceptions import Fault

DEFAULT_DEADLINES: dict[str, Any] = {
    "rows": [
        {"queue": "", "from_points": 70, "hours": 8},
        {"queue": "", "from_points": 40, "hours": 16},
        {"queue": "", "from_points": 0, "hours": 40},
    ]
}


@dataclass(frozen=True)
class DeadlineRow:
    """Cases of `queue` (empty: of any) with at least `from_points` points may take `hours` business hours."""

    queue: str
    from_points: float
    hours: float


@dataclass(frozen=True)
class Deadlines:
    """The rows as the administrator ordered them."""

    rows: tuple[DeadlineRow, ...]

    def minutes_for(self, queue: str, points: float, otherwise_hours: float) -> int:
        """Business minutes allowed: a queue's own rows come before those of any; the highest threshold reached counts."""
        for wanted in (queue, ""):
            reached = [row for row in self.rows if row.queue == wanted and points >= row.from_points]
            if reached:
                return round(60 * max(reached, key=lambda row: row.from_points).hours)
        return round(60 * otherwise_hours)


def read_deadlines(body: Any) -> tuple[Deadlines, list[Fault]]:
    """The deadlines of a body and its faults."""
    reader = Reader()
    rows, seen = [], set()
    for index, row in enumerate(reader.rows(body, "rows")):
        pointer = f"/rows/{index}"
        queue = reader.word(row, "queue", pointer, most=80, needed=False)
        points = reader.number(row, "from_points", pointer, least=0, most=100)
        hours = reader.number(row, "hours", pointer, least=0.25, most=2000, fallback=1)
        if (queue, points) in seen:
            reader.fault(f"{pointer}/from_points", "is there twice for this queue", "one row a threshold")
        seen.add((queue, points))
        rows.append(DeadlineRow(queue, points, hours))
    return Deadlines(tuple(rows)), reader.faults
