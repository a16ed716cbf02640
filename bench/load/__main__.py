"""`make bench-load`: a bank's day at rising load until the product bends, on a PostgreSQL, a Redis, web processes and workers
of its own, made and removed by this command. Prints a table by step, what gives first, and what 1,000 submissions cost.

What was acknowledged is held against the database at the end.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from bench.load.cost import cpu_seconds
from bench.load.table import Step, told_step
from bench.machine import machine
from bench.workflows.cluster import Cluster, cluster, free_port

_ROOT = Path(__file__).resolve().parents[2]
_LOCUST = Path(os.environ.get("LOAD_LOCUST", _ROOT / ".venv-bench" / "bin" / "locust"))
_PASSWORD = "a benchmark's own password"
_OFFICERS, _PAPERS, _WEB, _WORKERS = 8, 40, 2, 2


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--steps", default="5,10,20,40,80,160", help="clients in each step")
    arguments.add_argument("--seconds", type=int, default=60, help="how long a step lasts")
    arguments.add_argument(
        "--most-waiting", type=int, default=200, help="PROBITY_MOST_WAITING: from here on programs hear 503"
    )
    told = arguments.parse_args()
    with cluster() as made:
        os.environ.update(
            made.environment | {"PROBITY_LOG_LEVEL": "ERROR", "PROBITY_MOST_WAITING": str(told.most_waiting)}
        )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
        import django

        django.setup()
        return _loaded(made, told)


def _loaded(made: Cluster, told: argparse.Namespace) -> int:
    from bench.load.product import lost, prepared, waiting

    print(machine(f"{_WEB} web processes, {_WORKERS} workers", f"at most {told.most_waiting} waiting"), flush=True)
    folder, port = made.folder / "load", free_port()
    _draw_papers(folder / "papers")
    key = prepared(_OFFICERS, _PASSWORD)
    web = _start_web(made, port)
    try:
        for _ in range(_WORKERS):
            made.start_worker("compliance_site")
        _wait_until_it_answers(port)
        steps = [int(step) for step in told.steps.split(",")]
        environment = os.environ | {
            "LOAD_FOLDER": str(folder), "LOAD_STEPS": told.steps, "LOAD_SECONDS": str(told.seconds), "LOAD_KEY": key,
            "LOAD_PASSWORD": _PASSWORD, "LOAD_OFFICERS": str(_OFFICERS),
        }  # fmt: skip
        command = [
            _LOCUST,
            "-f",
            "bench/load/day.py",
            "--headless",
            "--only-summary",
            "--host",
            f"http://127.0.0.1:{port}",
        ]
        with (folder / "locust.log").open("wb") as log:
            locust = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=log, stderr=log)
        seen = _watched(made, web, locust, len(steps), told.seconds, waiting)
        answers = [json.loads(line) for line in (folder / "answers").read_text().splitlines()]
        if not answers:
            print((folder / "locust.log").read_text()[-2000:])
            return 1
        began = time.monotonic()
        while waiting() and time.monotonic() - began < 600:
            time.sleep(1)
        drained = time.monotonic() - began
        done = [told_step(clients, [one for one in answers if one[0] == number], told.seconds, seen[number], seen[number + 1])
                for number, clients in enumerate(steps)]  # fmt: skip
        _print(done, drained, cpu_seconds(_parts(made, web)), answers)
        ledger = Counter((folder / "ledger").read_text().split("\n"))
        return _held(lost([line for line in ledger if line]), len(ledger))
    finally:
        web.kill()
        web.wait()


def _draw_papers(folder: Path) -> None:
    from compliance_site.demo.passports import DemoPassport, draw_passport
    from core.clock import today

    folder.mkdir(parents=True)
    for number in range(_PAPERS):
        until = today() + timedelta(days=900)
        passport = DemoPassport(
            f"Quendel{chr(97 + number % 26)}", "Ilse", f"U{3000000 + number}", date(1980, 1, 1), until
        )
        (folder / f"{number:03}.jpg").write_bytes(draw_passport(passport))


def _start_web(made: Cluster, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "gunicorn", "compliance_site.wsgi:application", "--bind", f"127.0.0.1:{port}",
               "--workers", str(_WEB), "--no-control-socket"]  # fmt: skip
    with (made.folder / "web.log").open("ab") as log:
        return subprocess.Popen(command, cwd=_ROOT, env=os.environ, stdout=log, stderr=log)


def _wait_until_it_answers(port: int) -> None:
    from urllib.request import urlopen

    for _ in range(120):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except OSError:
            time.sleep(1)
        else:
            return
    raise SystemExit("the web processes do not answer")


def _parts(made: Cluster, web: "subprocess.Popen[bytes]") -> dict[str, list[int]]:
    assert made.redis is not None
    master = int((made.folder / "pg" / "postmaster.pid").read_text().split()[0])
    workers = [worker.pid for worker in made.workers]
    return {"web": [web.pid], "workers": workers, "PostgreSQL": [master], "Redis": [made.redis.pid]}


def _watched(made: Cluster, web: "subprocess.Popen[bytes]", locust: "subprocess.Popen[bytes]", steps: int, seconds: int,
             waiting: "object") -> list[dict[str, float]]:  # fmt: skip
    """What each part has used and how much waits, before the first step and after each."""
    seen = [cpu_seconds(_parts(made, web)) | {"waiting": 0.0}]
    for _ in range(steps):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and locust.poll() is None:
            time.sleep(0.5)
        seen.append(cpu_seconds(_parts(made, web)) | {"waiting": float(waiting())})  # type: ignore[operator]
    locust.wait(120)
    return seen


def _print(done: list[Step], drained: float, used: dict[str, float], answers: list[list[object]]) -> None:
    print(
        "clients  answers/s   p50 ms   p95 ms   p99 ms  errors  503/429  waiting  "
        + "  ".join(f"{part:>10} %" for part in used)
    )
    for step in done:
        print(step.line())
    first = next((step.gives() for step in done if step.gives()), "nothing gave in these steps")
    print(f"what gives first: {first}; worked off {drained:.0f} s after the last step")
    kept = sum(1 for _, name, _, status, _ in answers if name == "submission" and status == 202)
    if kept:
        cost = ", ".join(f"{part} {1000 * seconds / kept:.0f}" for part, seconds in used.items())
        print(
            f"CPU seconds for 1,000 submissions with the rest of the day: {1000 * sum(used.values()) / kept:.0f} ({cost})"
        )
    without = sum(1 for _, _, _, status, waits in answers if status in {429, 503} and not waits)
    print(f"refused without Retry-After: {without}")
    names = Counter(str(name) for _, name, _, _, _ in answers)
    for name in sorted(names):
        print(told_step(0, [one for one in answers if one[1] == name], 1, {}, {}).line_of(name))


def _held(missing: dict[str, int], count: int) -> int:
    for what, number in missing.items():
        print(f"{number:6d}  {what}{'  <- FAILURE' if number else ''}")
    print(f"of {count} acknowledged")
    return int(any(missing.values()))


if __name__ == "__main__":
    sys.exit(main())
