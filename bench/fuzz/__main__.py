"""`make fuzz`: schemathesis with every check over every operation of openapi.yaml, as a program and as people.

A server of its own with the demonstration, on a database of its own. Rates and back-pressure are off: they would answer for the
product. Ends with 1 where an answer is an error of ours or not what the document says.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import yaml

from bench.machine import HOME, machine
from bench.served import managed, own_database, served, surroundings

_SEED, _OURS, _PROGRAM = 7, 500, "program"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument(
        "--examples", type=int, default=60, help="drawn for an operation, a caller and a phase, at most"
    )
    parser.add_argument("--who", default="program,analyst,mlro,administrator")
    parser.add_argument("--only", default="", help="a pattern of operation ids")
    parser.add_argument("--reports", type=Path, default=HOME / "var" / "fuzz")
    told = parser.parse_args()
    told.reports.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, own_database(told.on) as database:
        environment = surroundings(folder, database)
        with served(environment, told.reports / "server.log") as url:
            found = json.loads(
                managed(environment, "shell", "-v0", "-c", "from bench.fuzz.seed import seeded; print(seeded())")
            )
            print(machine(told.on, f"seed {_SEED}"), flush=True)
            failed = [_fuzzed(url, who, found, Path(folder), told) for who in told.who.split(",")]
    return int(any(failed))


def _fuzzed(url: str, who: str, found: dict[str, dict[str, str]], folder: Path, told: argparse.Namespace) -> bool:
    """Whether any answer was not as it should be; prints the figures of this caller."""
    ledger = told.reports / f"{who}.ndjson"
    ledger.unlink(missing_ok=True)
    command = [
        str(Path(sys.executable).with_name("st")), f"--config-file={_configured(who, found, folder)}", "run",
        str(_described(who, folder)), f"--url={url}", f"--max-examples={told.examples}", "--continue-on-failure",
        f"--seed={_SEED}", "--no-color", "--no-shrink", "--request-timeout=60", "--suppress-health-check=all",
        *([f"--include-operation-id-regex={told.only}"] if told.only else []),
    ]  # fmt: skip
    own = {"PROBITY_FUZZ_IDS": json.dumps(found["ids"]), "PROBITY_FUZZ_LEDGER": str(ledger), "PYTHONPATH": str(HOME)}
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, cwd=HOME, check=False, env=os.environ | own)
    (told.reports / f"{who}.txt").write_text(done.stdout + done.stderr)
    rows = [json.loads(line) for line in ledger.read_text().splitlines()] if ledger.exists() else []
    _print(who, rows, time.monotonic() - began)
    return bool(done.returncode) or not rows


def _described(who: str, folder: Path) -> Path:
    """The document as this caller knows it: by one way to sign in, so that the checks can try it without."""
    wanted = "ApiKey" if who == _PROGRAM else "cookieAuth"
    document = yaml.safe_load((HOME / "openapi.yaml").read_text())
    for path in document["paths"].values():
        for operation in path.values():
            if "security" in operation:
                operation["security"] = [{wanted: []}]
    (folder / f"{who}.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    return folder / f"{who}.yaml"


def _configured(who: str, found: dict[str, dict[str, str]], folder: Path) -> Path:
    """The checks of schemathesis.toml, with how this caller signs in."""
    name, kind, secret = "cookieAuth", "api_key", found["sessions"].get(who, "")
    if who == _PROGRAM:
        name, kind, secret = "ApiKey", "bearer", str(found["key"])
    checks = (HOME / "bench" / "fuzz" / "schemathesis.toml").read_text()
    (folder / f"{who}.toml").write_text(f"{checks}\n[auth.openapi.{name}]\n{kind} = {json.dumps(secret)}\n")
    return folder / f"{who}.toml"


def _print(who: str, rows: list[tuple[str, int, str]], seconds: float) -> None:
    answers = Counter((label, status) for label, status, check in rows if not check)
    failed = Counter((label, status, check) for label, status, check in rows if check)
    statuses: Counter[int] = Counter()
    for (_, status), count in answers.items():
        statuses[status] += count
    ours = sum(count for status, count in statuses.items() if status >= _OURS)
    asked = f"{who}: {answers.total()} requests to {len({label for label, _ in answers})} operations in {seconds:.0f} s"
    print(f"\n{asked}, {ours} server errors, {failed.total()} failed checks; {_told(statuses)}")
    for label in sorted({label for label, _ in answers}):
        print(f"  {label:60} {_told({status: count for (name, status), count in answers.items() if name == label})}")
    for (label, status, check), count in sorted(failed.items()):
        print(f"  FAILED {check} {count} times: {label} {status}")
    sys.stdout.flush()


def _told(statuses: Mapping[int, int]) -> str:
    return ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))


if __name__ == "__main__":
    sys.exit(main())
