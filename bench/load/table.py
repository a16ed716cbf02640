"""A step's answers as a line of the table."""

from dataclasses import dataclass
from typing import Any

_SLOW_MS = 1000.0
_MANY_WAIT = 50
_ERRORS = 0.01
_REFUSED = {429, 503}


@dataclass(frozen=True)
class Step:
    """`used`: share of one core each part took, in per cent; `waiting`: pieces of work that waited at its end."""

    clients: int
    rate: float
    times: tuple[float, float, float]
    errors: int
    refused: int
    count: int
    waiting: int
    used: dict[str, float]

    def line(self) -> str:
        """The row of the table."""
        p50, p95, p99 = self.times
        used = "  ".join(f"{share:12.0f}" for share in self.used.values())
        return (
            f"{self.clients:7d} {self.rate:10.1f} {p50:8.0f} {p95:8.0f} {p99:8.0f} {self.errors:7d} {self.refused:8d} "
            f"{self.waiting:8d}  {used}"
        )

    def line_of(self, name: str) -> str:
        """The same for one kind of request over all steps."""
        p50, p95, p99 = self.times
        ends = f"{self.errors} errors, {self.refused} refused"
        return f"{name:>20}: {self.count:6d} answers, p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms, {ends}"

    def gives(self) -> str:
        """What no longer keeps up in this step; empty where all does."""
        if self.errors > _ERRORS * self.count:
            return f"at {self.clients} clients {self.errors} of {self.count} answers are errors"
        if self.waiting > _MANY_WAIT:
            return f"at {self.clients} clients the workers ({self.waiting} pieces of work wait, p95 {self.times[1]:.0f} ms)"
        if self.times[1] > _SLOW_MS:
            return f"at {self.clients} clients the web processes (p95 {self.times[1]:.0f} ms; {self.waiting} pieces of work wait)"
        return ""


def told_step(
    clients: int, answers: list[list[Any]], seconds: int, before: dict[str, float], after: dict[str, float]
) -> Step:
    """A step of its answers [step, name, milliseconds, status, waits] and of what was used before and after it."""
    times = sorted(float(milliseconds) for _, _, milliseconds, _, _ in answers) or [0.0]
    statuses = [status for _, _, _, status, _ in answers]
    return Step(
        clients, len(answers) / seconds, (_at(times, 0.5), _at(times, 0.95), _at(times, 0.99)),
        sum(status == 0 or (status >= 500 and status not in _REFUSED) for status in statuses),
        sum(status in _REFUSED for status in statuses), len(answers), int(after.get("waiting", 0)),
        {name: 100 * (after[name] - before[name]) / seconds for name in before if name != "waiting"},
    )  # fmt: skip


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))]
