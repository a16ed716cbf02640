"""CPU time of processes with their children, those that have ended among them (Linux's /proc)."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(parts: dict[str, list[int]]) -> dict[str, float]:
    """User and system time of each part so far."""
    return {name: sum(map(_of, processes)) for name, processes in parts.items()}


def _of(process: int) -> float:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it ended; its parent counts it from now on
        return 0.0
    own = sum(
        int(value) for value in stat.rpartition(")")[2].split()[11:15]
    )  # its own, and of children that were waited for
    return own / _TICKS + sum(_of(int(child)) for child in children)
