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


class Site:
    """`url` stays the same over restarts, so a client only has to try again."""

    def __init__(self, made: Cluster, environment: dict[str, str]) -> None:
        self.made, self.environment = made, environment
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._web: subprocess.Popen[bytes] | None = None

    def start_web(self) -> None:
        """gunicorn with two processes, as docker-compose.yml starts it."""
        command = [sys.executable, "-m", "gunicorn", "compliance_site.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
                   "--workers", "2", "--timeout", "60", "--no-control-socket"]  # fmt: skip
        with (self.made.folder / "web.log").open("ab") as log:
            self._web = subprocess.Popen(
                command, cwd=_ROOT, env=os.environ | self.made.environment | self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start_worker(self) -> None:
        self.made.start_worker("compliance_site", **self.environment)

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
