"""On Apache Spark: each partition is a group of rows that one executor's Python judges as an Arrow table.

PROBITY_SPARK_MASTER says where (`local[2]`, `local-cluster[2,1,2048]`, `spark://…`, `yarn`, `k8s://…`). Executors need this
code and its requirements; with a cluster, PROBITY_SPARK_FOLDER is a folder that driver and executors share.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

from monitoring.engines.base import EngineAbsent, Job
from monitoring.engines.partitions import partitioned, parts_for
from monitoring.engines.tables import SCHEMA, definitions_of, scored_of, table_of, told_of
from monitoring.rules.evaluator import in_order
from monitoring.scoring import Scored, score

MASTER = "local[2]"
_HOME = Path(__file__).resolve().parent.parent.parent
_PART = "_part"
_SPARK_SCHEMA = ", ".join(f"{name} {'long' if kind == pl.Int64 else 'string'}" for name, kind in SCHEMA.items())


def run(job: Job) -> Scored:
    """Writes the partitions as Parquet, has Spark judge each group, gathers what is said. Raises EngineAbsent."""
    session = _session(len(job.frame))
    try:
        with tempfile.TemporaryDirectory(dir=os.environ.get("PROBITY_SPARK_FOLDER")) as folder:
            told: dict[int, str] = {}
            for number, part in enumerate(partitioned(job.frame, job.definitions)):
                place = Path(folder) / f"{_PART}={number}"
                place.mkdir()
                part.frame.write_parquet(place / "rows.parquet")
                told[number] = told_of(part.definitions)
            rows = session.read.parquet(folder)
            said = rows.groupBy(_PART).applyInArrow(_judging(told, job.base_currency), schema=_SPARK_SCHEMA)
            return scored_of(pl.DataFrame(pl.from_arrow(said.toArrow())))
    finally:
        session.stop()


def _session(rows: int) -> Any:
    logging.getLogger("py4j").setLevel(logging.WARNING)
    try:
        sql: Any = import_module("pyspark.sql")
        import_module("pyarrow")
    except ImportError as error:
        raise EngineAbsent(f"{error}: pip install -r requirements-spark.txt, and Java 17") from error
    master = os.environ.get("PROBITY_SPARK_MASTER", MASTER)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # driver and executors are on this machine
    path = os.pathsep.join([str(_HOME), *(place for place in sys.path if place.endswith("site-packages"))])
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYTHONPATH"] = path  # local executors are children of this process
    return (
        sql.SparkSession.builder.appName("probity").master(master)
        .config("spark.executorEnv.PYTHONPATH", path)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", parts_for(rows))
        .config("spark.sql.adaptive.enabled", "false")  # groups of about equal size need no joining
        .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )  # fmt: skip


def _judging(told: dict[int, str], base_currency: str) -> Callable[[Any], Any]:
    """The function that Spark sends to its executors: the rows of one partition in, what is said of them out."""

    def judge(rows: Any) -> Any:
        frame = pl.DataFrame(pl.from_arrow(rows))
        definitions = definitions_of(told[frame[_PART][0]])
        ordered = in_order(frame.drop(_PART), definitions[0].rows)
        told_rows = table_of(score(ordered, definitions, base_currency=base_currency)).to_arrow()
        arrow: Any = import_module("pyarrow")
        plain = [
            arrow.field(name, arrow.int64() if kind == pl.Int64 else arrow.string()) for name, kind in SCHEMA.items()
        ]
        return told_rows.cast(arrow.schema(plain))  # Spark knows no large texts

    return judge
