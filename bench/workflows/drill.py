"""`make drill-workflows`: workers killed, Redis emptied and restarted, PostgreSQL restarted, while 500 runs are under way.

The ledger stands outside: a line for each effect that was committed. Every run must end, no effect may stand twice, and the
record must hold each finished step once. `--without-fencing` is the control: it must find a double effect.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter

from bench.machine import machine
from bench.workflows.cluster import Cluster, cluster

_TEXT = """workflow:
  name: load
  trigger: manual
  steps:
    - {name: A, action: drill_effect, retry: {attempts: 50, wait: 1s, factor: 1}}
    - {name: B, action: drill_effect, needs: [A], retry: {attempts: 50, wait: 1s, factor: 1}}
    - name: C
      action: drill_effect
      needs: [A]
      for_each: step("A").parts
      when: step("A").n == 1
      retry: {attempts: 50, wait: 1s, factor: 1}
    - {name: D, action: drill_effect, needs: [B, C], retry: {attempts: 50, wait: 1s, factor: 1}}
"""
_STEPS = 6


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=500)
    arguments.add_argument("--workers", type=int, default=3)
    arguments.add_argument("--every", type=float, default=5.0, help="seconds between two kills of a worker")
    arguments.add_argument("--seconds", type=float, default=900, help="how long to wait for the end at most")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--without-fencing", action="store_true", help="the control: a double effect must appear")
    told = arguments.parse_args()
    with cluster() as made:
        os.environ.update(made.environment)
        print(
            machine(f"{told.workers} Celery workers of one process", f"lease {_LEASE} s", f"seed {told.seed}"),
            flush=True,
        )
        return _Drill(made, told).run()


_LEASE = 3


class _Drill:
    """The driver: starts runs, breaks things by the clock, looks at the end."""

    def __init__(self, made: Cluster, told: argparse.Namespace) -> None:
        self.made, self.told = made, told
        self.chance = random.Random(told.seed)
        self.ledger = made.folder / "ledger"
        self.faults: Counter[str] = Counter()
        self.environment = {"DRILL_LEDGER": str(self.ledger), "PROBITY_STEP_LEASE_SECONDS": str(_LEASE)}
        if told.without_fencing:
            self.environment["DRILL_NO_FENCING"] = "1"

    def run(self) -> int:
        from bench.workflows import runs

        runs.publish(_TEXT)
        for _ in range(self.told.workers):
            self._worker()
        began = last_kill = time.monotonic()
        once = {0.2: "Redis emptied", 0.4: "Redis restarted", 0.6: "PostgreSQL restarted", 0.8: "Redis emptied again"}
        started = done = 0
        while time.monotonic() - began < self.told.seconds:
            if started < self.told.runs:
                started += self._tried(lambda number=started: runs.start_one(f"drill:{number}"))
            else:
                time.sleep(0.3)
            if started % 25 == 0 or started == self.told.runs:
                done = self._ended(done)
            for part in [part for part in once if done + started > 2 * part * self.told.runs]:
                self._break(once.pop(part))
            if time.monotonic() - last_kill > self.told.every and done < self.told.runs:
                last_kill = time.monotonic()
                self._kill()
            if done == self.told.runs:
                break
        return self._told(time.monotonic() - began)

    def _tried(self, start: "object") -> bool:
        """False where the database is away: the same key is tried again, and a run that was kept is found."""
        from django.db import DatabaseError, InterfaceError, connection

        try:
            start()  # type: ignore[operator]
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.2)
            return False
        return True

    def _ended(self, before: int) -> int:
        from bench.workflows import runs

        found = [before]
        self._tried(lambda: found.append(runs.ended()))
        return found[-1]

    def _worker(self) -> None:
        self.made.start_worker("bench.workflows.actions", **self.environment)

    def _kill(self) -> None:
        self.made.kill_worker(self.chance.randrange(len(self.made.workers)))
        self.faults["worker killed"] += 1
        self._worker()

    def _break(self, what: str) -> None:
        self.faults[what] += 1
        if what == "Redis restarted":
            self.made.restart_redis()
        elif what == "PostgreSQL restarted":
            self.made.postgres("restart", "-m", "immediate")
        else:
            self.made.redis_cli("flushall")

    def _told(self, seconds: float) -> int:
        from bench.workflows import runs

        lines = Counter(self.ledger.read_text().split()) if self.ledger.exists() else Counter()
        found = runs.looked_at()
        double = sum(count > 1 for count in lines.values())
        wanted = self.told.runs * _STEPS
        print(f"{self.told.runs} runs of {_STEPS} steps in {seconds:.0f} s; faults: {dict(self.faults)}")
        print(f"runs ended: {found.done} done, {found.other} otherwise or not at all")
        print(f"steps done: {found.steps} of {wanted}; second and later attempts: {found.repeated}")
        print(
            f"effects in the ledger: {len(lines)}, twice: {double}, killed before the line: {found.steps - len(lines)}"
        )
        print(f"entries of finished steps on the record: {found.entries}, twice: {found.entries_twice}")
        if self.told.without_fencing:
            return 0 if double else 1
        whole = found.done == self.told.runs and found.steps == wanted and found.entries == wanted
        return 0 if whole and not double and not found.entries_twice else 1


if __name__ == "__main__":
    sys.exit(main())
