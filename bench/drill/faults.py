"""The faults: drawn by a seed and every fail point in turn, one after another, each with the time until the product
acknowledges something again.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

from bench.drill.load import Ledger
from bench.drill.others import MODES, Other
from bench.drill.points import NAMES
from bench.drill.site import Site

LEASE = 5
WORKERS = 2
_RECOVERS_WITHIN = 120
_REACHED_WITHIN = 60
_HOUR = 3600


class Faults:
    """`counted` by name; `recoveries` in seconds; `unreached` names points that nobody came by in time."""

    def __init__(self, site: Site, model: Other, provider: Other, *, seed: int, rounds: int, drawn: int) -> None:
        self._site, self._model, self._provider, self._chance = site, model, provider, random.Random(seed)
        self.counted, self.unreached = Counter[str](), Counter[str]()
        self.recoveries: list[float] = []
        self._late: list[threading.Thread] = []
        every = list(self._acts().items())
        acts = every + [self._chance.choice(every) for _ in range(drawn - len(every))]
        points = [(name, lambda name=name: self._dies_at(name)) for name in NAMES * rounds]  # type: ignore[misc]
        self.all: list[tuple[str, Callable[[], object]]] = [*acts, *points]
        self._chance.shuffle(self.all)

    def one(self, name: str, act: Callable[[], object], ledger: Ledger) -> None:
        """Breaks one thing and waits until a client is acknowledged something that came after it."""
        self.counted[name] += 1
        began = time.monotonic()
        act()
        while ledger.last < began and time.monotonic() < began + _RECOVERS_WITHIN:
            time.sleep(0.05)
        self.recoveries.append(time.monotonic() - began)
        self._site.revive_workers()

    def heal(self) -> None:
        """From now on nothing is broken."""
        self._model.mode = self._provider.mode = ""
        for thread in self._late:
            thread.join()

    def _acts(self) -> dict[str, Callable[[], object]]:
        site, made = self._site, self._site.made
        acts: dict[str, Callable[[], object]] = {
            "web killed": site.web_killed,
            "one web process killed": site.web_child_killed,
            "worker killed": self._worker_killed,
            "worker stopped beyond its lease": lambda: self._later(site.worker_stopped, self._worker(), 2.5 * LEASE),
            "worker's clock jumps": lambda: self._jumps(site.clock_of_worker(self._worker())),
            "web's clock jumps": lambda: self._jumps("web"),
            "Redis restarted empty": made.restart_redis,
            "Redis emptied": lambda: made.redis_cli("flushall"),
            "PostgreSQL restarted": lambda: made.postgres("restart", "-m", "immediate"),
            "PostgreSQL backend killed": site.backend_killed,
            "no room for files": lambda: site.storage_full(3),
            "model answers otherwise": lambda: self._changes(self._model),
            "provider answers otherwise": lambda: self._changes(self._provider),
        }
        if site.has_own_disk:
            acts["disk full"] = lambda: site.disk_full(3)
        return acts

    def _dies_at(self, point: str) -> None:
        """Arms the point and waits until a process has died there."""
        self._model.mode = self._provider.mode = ""  # or nobody would come by where they answer
        if not self._site.died_at(point, _REACHED_WITHIN):
            self.unreached[point] += 1

    def _worker(self) -> int:
        return self._chance.randrange(WORKERS)

    def _jumps(self, clock: str) -> None:
        by = self._chance.choice((-_HOUR, _HOUR, 23 * _HOUR))
        self._later(self._site.clock_jumped, clock, by, 2.0 * LEASE)

    def _worker_killed(self) -> None:
        self._site.made.kill_worker(self._worker())
        self._site.start_worker()

    def _later(self, act: Callable[..., object], *told: object) -> None:
        thread = threading.Thread(target=act, args=told)
        thread.start()
        self._late.append(thread)

    def _changes(self, other: Other) -> None:
        other.mode = self._chance.choice([mode for mode in MODES if mode != other.mode])
