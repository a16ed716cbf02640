"""The faults: drawn by a seed, one after another, each with the time until the product acknowledges something again."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

from bench.drill.load import Ledger
from bench.drill.model import MODES, Model
from bench.drill.site import Site

LEASE = 5
WORKERS = 2
_RECOVERS_WITHIN = 120


class Faults:
    """`counted` by name; `recoveries` in seconds."""

    def __init__(self, site: Site, model: Model, seed: int) -> None:
        self._site, self._model, self._chance = site, model, random.Random(seed)
        self.counted: Counter[str] = Counter()
        self.recoveries: list[float] = []
        self._late: list[threading.Thread] = []

    def one(self, ledger: Ledger) -> None:
        """Breaks one thing and waits until a client is acknowledged something that came after it."""
        acts = self._acts()
        name = self._chance.choice(list(acts))
        self.counted[name] += 1
        began = time.monotonic()
        acts[name]()
        while ledger.last < began and time.monotonic() < began + _RECOVERS_WITHIN:
            time.sleep(0.05)
        self.recoveries.append(time.monotonic() - began)

    def heal(self) -> None:
        """From now on nothing is broken."""
        self._model.mode = ""
        for thread in self._late:
            thread.join()

    def _acts(self) -> dict[str, Callable[[], object]]:
        made = self._site.made
        return {
            "web killed": self._site.web_killed,
            "one web process killed": self._site.web_child_killed,
            "worker killed": self._worker_killed,
            "worker stopped beyond its lease": self._worker_stopped,
            "Redis restarted empty": made.restart_redis,
            "Redis emptied": lambda: made.redis_cli("flushall"),
            "PostgreSQL restarted": lambda: made.postgres("restart", "-m", "immediate"),
            "PostgreSQL backend killed": self._site.backend_killed,
            "no room for files": lambda: self._site.storage_full(3),
            "model answers otherwise": self._model_changes,
        }

    def _worker_killed(self) -> None:
        self._site.made.kill_worker(self._chance.randrange(WORKERS))
        self._site.start_worker()

    def _worker_stopped(self) -> None:
        told = (self._chance.randrange(WORKERS), 2.5 * LEASE)
        thread = threading.Thread(target=self._site.worker_stopped, args=told)
        thread.start()
        self._late.append(thread)

    def _model_changes(self) -> None:
        self._model.mode = self._chance.choice(MODES)
