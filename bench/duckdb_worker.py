"""Runs in an environment of its own (`requirements-bench.txt`): a rule written as SQL, over a Parquet file, by DuckDB.

Arguments: the file, where to write the ids that fire, the threshold, how many threads. Prints seconds of wall and of CPU of
each of three runs, the version, and the most memory in GB, as JSON.
"""

import json
import resource
import sys
import time

import duckdb

# a row exactly seven days old is outside the window, as in Probity; decimals, so that sums are exact there, too
RULE = """
COPY (
  SELECT id FROM (
    SELECT id, sum(CASE WHEN direction = 'in' THEN amount::DECIMAL(18, 2) END) OVER (
      PARTITION BY subject ORDER BY booked_at
      RANGE BETWEEN INTERVAL 604799999999 MICROSECONDS PRECEDING AND CURRENT ROW
    ) AS received
    FROM read_parquet('{rows}')
  ) WHERE received > {threshold}
) TO '{out}' (FORMAT parquet)
"""


def main() -> None:
    rows, out, threshold, threads = sys.argv[1:]
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(threads)}")
    runs = []
    for _ in range(3):
        wall, cpu = time.monotonic(), time.process_time()
        connection.execute(RULE.format(rows=rows, out=out, threshold=float(threshold)))
        runs.append((time.monotonic() - wall, time.process_time() - cpu))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    print(json.dumps({"runs": runs, "version": duckdb.__version__, "memory": peak}))


if __name__ == "__main__":
    main()
