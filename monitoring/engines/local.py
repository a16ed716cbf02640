"""In this process: all rows at once, one scenario after another."""

from monitoring.engines.base import Job
from monitoring.scoring import Scored, score


def run(job: Job) -> Scored:
    """Everything here and now."""
    return score(job.frame, job.definitions, base_currency=job.base_currency, on_progress=job.on_progress)
