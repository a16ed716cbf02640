"""`make bench-learning`: models beside a random forest over 16 plain columns, on the same events.

Three generated worlds with seeds that nothing was tuned on; AMLSim's published sample by time with the labels of its accounts;
the pharmaceutical log. Then a million generated events scored, a thousand explained. Each measure runs the commands.
`--only worlds`, `samples` or `speed` takes a part of it; minutes each.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

from bench.learning.generators import repeating, salaried
from bench.learning.networked import networked

HOME = Path(__file__).resolve().parent.parent.parent
DATA = HOME.parent / "shared" / "data"
WORLDS = {"as AMLSim": repeating, "as AMLGentex": networked, "wages and friends": salaried}
SEEDS, FRACTION = (2026, 2027), "0.4"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.learning", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone; may be given again")
    wanted = parser.parse_args().only or list(PARTS)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, commit {commit.stdout.strip()}; "
          f"load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name in dict.fromkeys(wanted):
            PARTS[name](Path(folder))


def worlds(place: Path) -> None:
    for name, world in WORLDS.items():
        for seed in SEEDS:
            path = place / f"{name}.csv"
            world(seed).drop("typology").write_csv(path)
            trained(f"generated, {name}, seed {seed}", place / "model", "finance", "--input", str(path), "--label",
                    "is_laundering")  # fmt: skip


def tell(name: str, value: str, note: str) -> None:
    """A line as soon as it is known: what comes after may take minutes."""
    print(f"| {name:<42} | {value:>24} | {note} |", flush=True)


def samples(place: Path) -> None:
    if not DATA.is_dir():
        tell("published samples", "not measured", f"there is no {DATA}")
        return
    sample, log = DATA / "transactions" / "amlsim_20k", DATA / "process_logs" / "pharma_dev"
    trained("AMLSim sample, labels of accounts", place / "amlsim", "finance", "--input", str(sample / "transactions.csv.gz"),
            "--labels", str(sample / "nodes.csv"), "--labels-key", "nodeid", "--label", "isFraud")  # fmt: skip
    trained("pharma_dev, aim 0.99", place / "pharma", "pharma", "--input", str(log / "events.csv.gz"), "--labels",
            str(log / "labels.csv"), "--label", "is_anomaly", "--table",
            f"operator_qualifications={log / 'operator_qualifications.csv'}")  # fmt: skip


def trained(name: str, model: Path, domain: str, *arguments: str) -> None:
    seconds, _ = command("train_model", domain, *arguments, "--test-fraction", FRACTION, "--output", str(model))
    metrics = json.loads((model / "metrics.json").read_text())
    test, plain = metrics["test"], metrics["baseline"]
    told = f"{test['average_precision']:.3f} beside {plain['average_precision']:.3f}"
    folds = ", ".join(f"{fold['average_precision']:.2f}" for fold in metrics["validation"]["by_time"])
    tell(name, told, (f"average precision, {test['events']:,} events, {test['base_rate']:.3%} suspicious; by time {folds}; "
                 f"{metrics['validation']['kind']}; {seconds:.0f} s of CPU"))  # fmt: skip


def speed(place: Path, wanted: int = 1_000_000) -> None:
    """Other accounts and moments of the same world, as often as it takes."""
    parts = []
    world = repeating(SEEDS[0] + 10)
    for copy in range(-(-wanted // world.height)):
        names = [pl.col(name) + f"-{copy}" for name in ("transaction_id", "sender_account", "receiver_account")]
        parts.append(world.with_columns(names))
    path = place / "million.csv"
    pl.concat(parts).head(wanted).drop("typology", "is_laundering").write_csv(path)
    train = place / "train.csv"
    world.write_csv(train)
    command("train_model", "finance", "--input", str(train), "--label", "is_laundering", "--no-scenarios", "--output",
            str(place / "fast"))  # fmt: skip
    seconds, said = command(
        "score_model", str(place / "fast"), str(path), "--explain", "--output", str(place / "out.csv")
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_048_576
    tell("scoring", f"{seconds:.0f} s of CPU", f"{said.splitlines()[-1]}; aim 60 s on 2 cores; {peak:.1f} GB")


def command(*arguments: str) -> tuple[float, str]:
    """Seconds of CPU of a command, and what it said on standard error."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=HOME, capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ran.stderr


PARTS = {"worlds": worlds, "samples": samples, "speed": speed}

if __name__ == "__main__":
    main()
