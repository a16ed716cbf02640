"""How long steps take and how often they fail, from their rows. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class StepTiming:
    """One step: how many times it was reached, seconds of its successful attempts, how often it was given up or repeated."""

    name: str
    number: int
    p50: float | None
    p95: float | None
    failed_percent: float
    repeated_percent: float

    @property
    def p50_ms(self) -> str:
        return _milliseconds(self.p50)

    @property
    def p95_ms(self) -> str:
        return _milliseconds(self.p95)


def timings(rows: Iterable[tuple[str, float | None, bool, int]], order: Sequence[str]) -> list[StepTiming]:
    """A timing for each step in `rows` (name, seconds where it was done, whether it failed, attempts), in `order`."""
    found: dict[str, list[tuple[float | None, bool, int]]] = {}
    for name, seconds, failed, attempts in rows:
        found.setdefault(name, []).append((seconds, failed, attempts))
    names = [name for name in order if name in found] + sorted(set(found) - set(order))
    return [_timing(name, found[name]) for name in names]


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile of sorted `values`; None of none."""
    return values[max(0, -(-len(values) * round(share * 100) // 100) - 1)] if values else None


def _timing(name: str, rows: list[tuple[float | None, bool, int]]) -> StepTiming:
    took = sorted(seconds for seconds, _, _ in rows if seconds is not None)
    failed, repeated = sum(failed for _, failed, _ in rows), sum(attempts > 1 for _, _, attempts in rows)
    parts = 100 / len(rows)
    return StepTiming(
        name,
        len(rows),
        percentile(took, 0.5),
        percentile(took, 0.95),
        round(failed * parts, 1),
        round(repeated * parts, 1),
    )


def _milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else str(round(seconds * 1000))
