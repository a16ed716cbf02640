"""Web processes beside the cluster of bench.workflows, and what can be done to its parts."""

import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bench.workflows.cluster import Cluster, free_port

_ROOT = Path(__file__).resolve().parents[2]
_DISK_MB = 256


class Site:
    """`url` stays the same over restarts, so a client only has to try again. `has_own_disk`: documents lie on a small disk
    of their own, which can be filled; where this process may not mount one, they do not.
    """

    def __init__(self, made: Cluster, environment: dict[str, str]) -> None:
        self.made = made
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._web: subprocess.Popen[bytes] | None = None
        self._folder = made.folder / "drill"
        self._points = self._folder / "points"
        self._points.mkdir(parents=True)
        self._clocks: dict[int, str] = {}
        self._disk = made.folder / "data" / "documents"
        self._disk.mkdir(parents=True, exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m,mode=0700", "tmpfs", str(self._disk)]
        self.has_own_disk = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        self._environment = environment | {"DRILL_POINTS": str(self._points)}

    def start_web(self) -> None:
        """gunicorn with two processes, as docker-compose.yml starts it."""
        command = [sys.executable, "-m", "gunicorn", "bench.drill.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
                   "--workers", "2", "--timeout", "60", "--no-control-socket"]  # fmt: skip
        with (self.made.folder / "web.log").open("ab") as log:
            self._web = subprocess.Popen(
                command, cwd=_ROOT, env=os.environ | self.made.environment | self._told("web"), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start_worker(self) -> None:
        """A worker with a clock of its own."""
        clock = f"worker-{len(self._clocks)}"
        self.made.start_worker("bench.drill.worker", **self._told(clock))
        self._clocks[self.made.workers[-1].pid] = clock

    def revive_workers(self) -> None:
        """Starts one for each that has ended, as a supervisor does."""
        for number in reversed(range(len(self.made.workers))):
            if self.made.workers[number].poll() is not None:
                self.made.kill_worker(number)
                self.start_worker()

    def died_at(self, point: str, seconds: float) -> bool:
        """Arms the point; whether a process came by and died there within so many seconds."""
        armed = self._points / point
        armed.touch()
        deadline = time.monotonic() + seconds
        while armed.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        try:
            armed.unlink()
        except FileNotFoundError:
            return True
        return False

    def clock_of_worker(self, number: int) -> str:
        """The name of a worker's clock."""
        return self._clocks[self.made.workers[number].pid]

    def clock_jumped(self, clock: str, by: int, seconds: float) -> None:
        """For so long what the product takes for the time is off, in the processes with this clock."""
        (self._folder / clock).write_text(str(by))
        time.sleep(seconds)
        (self._folder / clock).unlink(missing_ok=True)

    def disk_full(self, seconds: float) -> None:
        """For so long nothing more fits onto the disk of the documents, for any process."""
        filler = self._disk / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 16))
        time.sleep(seconds)
        filler.unlink()

    def _told(self, clock: str) -> dict[str, str]:
        return self._environment | {"DRILL_CLOCK": str(self._folder / clock)}

    def web_killed(self) -> None:
        """SIGKILL to every web process at once; started again."""
        assert self._web is not None
        os.killpg(self._web.pid, signal.SIGKILL)
        self._web.wait()
        self.start_web()

    def web_child_killed(self) -> None:
        """SIGKILL to one web process under its master."""
        children = self._of_web()[1:]
        if children:
            os.kill(children[0], signal.SIGKILL)

    def storage_full(self, seconds: float) -> None:
        """For so long no web process can write a byte to a file (RLIMIT_FSIZE 0); connections go on."""
        self._limit(self._of_web(), 0)
        time.sleep(seconds)
        self._limit(self._of_web(), resource.RLIM_INFINITY)  # those born meanwhile inherited it

    def worker_stopped(self, number: int, seconds: float) -> None:
        """SIGSTOP to a worker and its child, and SIGCONT after its leases have run out."""
        pid = self.made.workers[number].pid
        os.killpg(pid, signal.SIGSTOP)
        time.sleep(seconds)
        with suppress(ProcessLookupError):  # killed meanwhile
            os.killpg(pid, signal.SIGCONT)

    def backend_killed(self) -> None:
        """SIGKILL to one connection's process: PostgreSQL ends all others and recovers."""
        master = int((self.made.folder / "pg" / "postmaster.pid").read_text().split()[0])
        backends = [child for child in _children(master) if b"127.0.0.1" in Path(f"/proc/{child}/cmdline").read_bytes()]
        if backends:
            os.kill(backends[-1], signal.SIGKILL)

    def end(self) -> None:
        if self._web is not None:
            os.killpg(self._web.pid, signal.SIGKILL)
            self._web.wait()
        while self.made.workers:
            self.made.kill_worker(0)
        if self.has_own_disk:
            subprocess.run(["umount", "--lazy", str(self._disk)], check=False)

    def _of_web(self) -> list[int]:
        """The master first."""
        assert self._web is not None
        return [self._web.pid, *_children(self._web.pid)]

    @staticmethod
    def _limit(processes: list[int], size: int) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
