"""Real Celery workers on a PostgreSQL and a Redis of their own; in the suite that has services."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from bench.workflows.cluster import cluster


@pytest.mark.services
@pytest.mark.skipif(not settings.REDIS_URL, reason="needs PostgreSQL and Redis (make test-services)")
def test_a_graph_with_branches_a_condition_items_and_a_callback_runs_to_its_end() -> None:
    with cluster() as made:
        ledger = made.folder / "ledger"
        for _ in range(2):
            made.start_worker("bench.workflows.actions", DRILL_LEDGER=str(ledger))
        environment = os.environ | made.environment | {"DRILL_LEDGER": str(ledger)}
        command = [sys.executable, "-m", "tests.workflows.real_workers"]
        told = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd=settings.BASE_DIR
        )
        assert told.returncode == 0, told.stderr[-2000:]
        lines = ledger.read_text().split()
    assert len(lines) == len(set(lines)) == 6
