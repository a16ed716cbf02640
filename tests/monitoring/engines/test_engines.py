"""The same file scored in this process, by workers and on Spark: the same lines."""

import importlib.util

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from monitoring.domains import domain_of
from monitoring.engines import celery, engine_named, engine_names
from monitoring.engines.base import Job
from monitoring.engines.partitions import partitioned
from monitoring.engines.tables import scored_of, table_of
from monitoring.files.frames import event_frame
from monitoring.files.rates import fixed_rates
from monitoring.files.reading import read_events
from monitoring.scenarios.catalogue import shipped_scenarios
from monitoring.scoring import lines, score
from tests.factories.monitoring import LISTS
from tests.monitoring.engines.payments import write_payments
from workflows.enums import WorkState
from workflows.long_work import claim, run_work
from workflows.models import LongWork

DEFINITIONS = shipped_scenarios(LISTS)


@pytest.fixture(scope="module")
def payments(tmp_path_factory):
    return write_payments(tmp_path_factory.mktemp("payments") / "payments.csv")


@pytest.fixture(scope="module")
def events(payments):
    finance = domain_of("finance")
    return event_frame(read_events(payments, finance), finance, {}, fixed_rates("EUR"))


@pytest.fixture(scope="module")
def alone(events):
    """What is said of all rows at once, in one process."""
    told = lines(score(events.frame, DEFINITIONS, base_currency="EUR"), events, DEFINITIONS)
    found = {code for codes in told["scenarios"] for code in codes.split(";")}
    assert {"cycle", "scatter_gather", "stack", "bipartite", "fan_in"} <= found
    return told


def _job(events):
    return Job(events.frame, DEFINITIONS, "EUR", on_progress=lambda items, total: items)


def test_partitions_together_say_what_is_said_of_all_rows(events, alone):
    parts = list(partitioned(events.frame, DEFINITIONS, 7))
    assert len(parts) > 14  # by subject, and by component for what looks at others
    said = pl.concat([table_of(score(part.frame, part.definitions, base_currency="EUR")) for part in parts])
    assert lines(scored_of(said), events, DEFINITIONS).equals(alone)


def test_partition_has_whole_components_and_each_row_once(events):
    wide = [item for item in DEFINITIONS if item.code == "cycle"]
    parts = list(partitioned(events.frame, wide, 5))
    assert sum(len(part.frame) for part in parts) == len(events.frame)
    accounts = [set(part.frame["account"]) | set(part.frame["counterparty_account"]) for part in parts]
    assert sum(map(len, accounts)) == len(set.union(*accounts))


@pytest.mark.django_db(transaction=True)
def test_workers_say_what_is_said_in_one_process_although_one_is_killed(events, alone, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(celery, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(celery, "_done", _worked)
    told = lines(engine_named("celery")(_job(events)), events, DEFINITIONS)
    assert told.equals(alone)
    assert LongWork.objects.get(attempt=2).state == WorkState.DONE
    assert list((tmp_path / "scoring").iterdir()) == []


_WAITING = celery._done


def _worked(pieces):
    """A worker takes the first piece and is killed, its lease ends; then the workers go on."""
    claim(pieces[0])
    LongWork.objects.filter(pk=pieces[0]).update(lease_until="2000-01-01T00:00:00Z")
    for work_id in pieces:
        run_work(work_id)
    return _WAITING(pieces)


@pytest.mark.django_db(transaction=True)
def test_command_says_so_when_no_worker_begins(payments, tmp_path, monkeypatch, settings):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(celery, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(CommandError, match="no worker has begun"):
        call_command("score_events", "finance", str(payments), "--engine", "celery", "--scenarios", "fan_in",
                     "--output", str(tmp_path / "out.csv"))  # fmt: skip
    assert set(LongWork.objects.values_list("state", flat=True)) == {WorkState.CANCELLED}


def test_engines_are_found_by_their_files():
    assert engine_names() == ["local", "celery", "spark"]


@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None, reason="Spark is optional: pip install -r requirements-spark.txt"
)
def test_spark_says_what_is_said_in_one_process(events, alone):
    assert lines(engine_named("spark")(_job(events)), events, DEFINITIONS).equals(alone)
