"""A PostgreSQL, a Redis and Celery workers of this process alone, in a folder that goes with it: they may be killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
_ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Cluster:
    """`environment` is what every process of the product gets to use it."""

    folder: Path
    pg_port: int = field(default_factory=free_port)
    redis_port: int = field(default_factory=free_port)
    redis: "subprocess.Popen[bytes] | None" = None
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": f"postgres://probity@127.0.0.1:{self.pg_port}/postgres",
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "PROBITY_DATA_DIR": str(self.folder / "data"), "PROBITY_STATIC_ROOT": str(self.folder / "static"),
        }  # fmt: skip

    def postgres(self, verb: str, *options: str) -> None:
        """start, stop or restart, by pg_ctl."""
        started = f"-p {self.pg_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        told = ["-o", started] if verb != "stop" else []
        self._as_postgres("pg_ctl", "-D", str(self.folder / "pg"), "-w", "-t", "60", "-l", str(self.folder / "pg.log"),
                          *options, *told, verb)  # fmt: skip

    def make(self) -> None:
        """The database's files; both servers started."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.folder.chmod(0o755)
        self._as_postgres("initdb", "-D", str(self.folder / "pg"), "-U", "probity", "--auth=trust", "-E", "UTF8",
                          "--locale=C.UTF-8")  # fmt: skip
        self.postgres("start")
        self.start_redis()

    def start_redis(self) -> None:
        """A Redis that keeps nothing on disk: what is lost with it must not matter."""
        command = ["redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp"]
        self.redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while self.redis_cli("ping") != "PONG" and time.monotonic() < deadline:
            time.sleep(0.05)

    def restart_redis(self) -> None:
        """Killed, and started empty."""
        assert self.redis is not None
        self.redis.kill()
        self.redis.wait()
        self.start_redis()

    def redis_cli(self, *words: str) -> str:
        command = ["redis-cli", "-p", str(self.redis_port), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def start_worker(self, actions: str, **environment: str) -> None:
        """A Celery worker of one process, which knows the actions of this module too."""
        name = f"w{len(self.workers)}-{time.monotonic_ns()}@drill"
        command = [sys.executable, "-m", "celery", "-A", "compliance_site", "worker", "--loglevel", "WARNING",
                   "--concurrency", "1", "-n", name, "-I", actions, "--without-mingle", "--without-gossip"]  # fmt: skip
        log = (self.folder / "workers.log").open("ab")
        self.workers.append(subprocess.Popen(
            command, cwd=_ROOT, env=os.environ | self.environment | environment, stdout=log, stderr=log, start_new_session=True,
        ))  # fmt: skip
        log.close()

    def kill_worker(self, number: int) -> None:
        """SIGKILL to the worker and its child at once; it is forgotten."""
        worker = self.workers.pop(number)
        with suppress(ProcessLookupError):  # it ended by itself
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def end(self) -> None:
        """Stops everything."""
        while self.workers:
            self.kill_worker(0)
        if self.redis is not None:
            self.redis.kill()
            self.redis.wait()
        self.postgres("stop", "-m", "immediate")

    def _as_postgres(self, command: str, *words: str) -> None:
        before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*before, str(_BINARIES[-1] / command), *words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster for the block, with the product's tables."""
    with tempfile.TemporaryDirectory(prefix="probity-cluster-") as name:
        made = Cluster(Path(name))
        made.make()
        try:
            command = [sys.executable, "manage.py", "migrate", "-v0"]
            subprocess.run(command, cwd=_ROOT, env=os.environ | made.environment, check=True)
            yield made
        finally:
            made.end()
