"""The same rule by Probity and by DuckDB over the same Parquet file: the same rows must fire, and what each costs.

Part of `make bench-monitoring`; alone: `python -m bench.duckdb_peer --rows 5000000`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

HOME = Path(__file__).resolve().parent.parent
_PYTHON = HOME / ".venv-bench" / "bin" / "python"
_COLUMNS = ["id", "subject", "booked_at", "amount", "direction"]
THRESHOLD = 9000
Row = tuple[str, str, str]


def beside_duckdb(frame: pl.DataFrame) -> list[Row]:
    """Lines of the bench's table. Raises AssertionError where both do not fire on the same rows."""
    if not _PYTHON.exists():
        return [("7-day sum by DuckDB", "not there", "see requirements-bench.txt")]
    with tempfile.TemporaryDirectory() as folder:
        rows, theirs = Path(folder) / "rows.parquet", Path(folder) / "duckdb.parquet"
        frame.write_parquet(rows)
        wall, cpu, fired = _fastest(lambda: _ours(frame))
        wall_file, cpu_file, fired_file = _fastest(lambda: _ours(_read(rows, frame)))
        arguments = [str(_PYTHON), str(HOME / "bench" / "duckdb_worker.py"), str(rows), str(theirs), str(THRESHOLD)]
        answer = subprocess.run([*arguments, str(os.cpu_count())], capture_output=True, text=True, check=True)
        told = json.loads(answer.stdout)
        same = pl.read_parquet(theirs)["id"].sort()
        assert same.equals(fired.sort()), "DuckDB fires on other rows"
        assert same.equals(fired_file.sort())
    best = min(told["runs"], key=lambda run: run[1])
    return [
        (f"7-day sum over {len(frame):,} rows in memory", f"{wall:.1f} ({cpu:.1f}) s", f"{len(fired):,} rows fire"),
        ("the same, read from Parquet first", f"{wall_file:.1f} ({cpu_file:.1f}) s", "the five columns it needs"),
        ("the same as SQL over that Parquet by DuckDB", f"{best[0]:.1f} ({best[1]:.1f}) s",
         f"DuckDB {told['version']}, the best of three, {told['memory']:.1f} GB; the same rows fire"),
    ]  # fmt: skip


def _ours(frame: pl.DataFrame) -> pl.Series:
    from monitoring.domains import domain_of
    from monitoring.rules.checker import checked_rule
    from monitoring.rules.evaluator import ID, outcome_of, prepare

    incoming = {"compare": ["direction", "==", {"text": "in"}]}
    measure = {"sum": {"of": "amount", "window": "7d", "where": incoming}}
    rule = checked_rule({"compare": ["m", ">", THRESHOLD]}, domain_of("finance"), {}, measures={"m": measure})
    prepared = prepare(frame, [rule])
    return prepared.frame.filter(outcome_of(rule, prepared.compiler) == "fired")[ID]


def _read(path: Path, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that the rule needs; the others are there and empty."""
    read = pl.read_parquet(path, columns=_COLUMNS)
    missing = [pl.lit(None, kind).alias(name) for name, kind in frame.schema.items() if name not in _COLUMNS]
    return read.with_columns(missing).select(frame.columns)


def _fastest(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall and CPU of the best of two runs, and the result."""
    found = []
    for _ in range(2):
        wall, cpu = time.monotonic(), time.process_time()
        result = work()
        found.append((time.monotonic() - wall, time.process_time() - cpu))
    wall, cpu = min(found, key=lambda run: run[1])
    return wall, cpu, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    sys.path.insert(0, str(HOME))
    from bench.machine import machine
    from bench.monitoring import year_of

    for name, value, note in beside_duckdb(year_of(parser.parse_args().rows)):
        print(f"| {name:<46} | {value:>15} | {note} |")
    print(machine())


if __name__ == "__main__":
    main()
