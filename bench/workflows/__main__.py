"""`make bench-workflows`: runs of steps that do nothing, through PostgreSQL, Redis and two Celery workers."""

import argparse
import os
import statistics
import time
from pathlib import Path

from bench.machine import machine
from bench.workflows.cluster import Cluster, cluster

_STEPS = 6
_MOST_SECONDS = 600


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=1000)
    arguments.add_argument("--workers", type=int, default=2)
    told = arguments.parse_args()
    with cluster() as made:
        times = made.folder / "times"
        os.environ.update(made.environment)
        for _ in range(told.workers):
            made.start_worker("bench.workflows.actions", BENCH_TIMES=str(times))
        print(machine(f"{told.workers} Celery workers of one process", "PostgreSQL and Redis on loopback"))
        _measured(made, told.runs, times)


def _measured(made: Cluster, count: int, times: Path) -> None:
    from bench.workflows.runs import ended, prepare, start

    prepare("bench_no_op", _STEPS)
    start("warm", 20)
    _wait(20, _MOST_SECONDS)
    times.unlink(missing_ok=True)
    began = time.monotonic()
    start("bench", count)
    accepted = time.monotonic() - began
    _wait(20 + count, _MOST_SECONDS)
    took = time.monotonic() - began
    rows = [tuple(map(float, line.split())) for line in times.read_text().splitlines()]
    wall, cpu = (sorted(column) for column in zip(*rows, strict=True))
    print(
        f"{count} runs of {_STEPS} steps: {took:.1f} s, {count * _STEPS / took:.0f} steps/s; accepting them {accepted:.1f} s"
    )
    print(f"a step: wall p50 {_ms(wall, 0.5)}, p95 {_ms(wall, 0.95)}, p99 {_ms(wall, 0.99)}; CPU p50 {_ms(cpu, 0.5)}, "
          f"p95 {_ms(cpu, 0.95)}, mean {1000 * statistics.fmean(cpu):.1f} ms ({len(wall)} steps)")  # fmt: skip
    assert ended() == 20 + count


def _wait(count: int, seconds: float) -> None:
    from bench.workflows.runs import ended

    end = time.monotonic() + seconds
    while ended() < count and time.monotonic() < end:
        time.sleep(0.2)


def _ms(ordered: list[float], part: float) -> str:
    return f"{1000 * ordered[int(part * (len(ordered) - 1))]:.1f} ms"


if __name__ == "__main__":
    main()
