"""Traces of rows that did not fire: kept for a while, so that a rule's silence can be looked into."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from core.clock import now
from monitoring.models import ScenarioVersion, SilentTrace

if TYPE_CHECKING:
    from monitoring.evaluation import Assessed

KEPT = timedelta(days=90)


def keep_silent(by_version: "Sequence[tuple[ScenarioVersion, Assessed]]") -> None:
    """Keeps the traces of rows that versions did not fire on; they name nobody, so they are on no record."""
    SilentTrace.objects.bulk_create(
        SilentTrace(version=version, trace=trace) for version, assessed in by_version for trace in assessed.silent
    )


@transaction.atomic
def prune_silent() -> None:
    """Deletes traces of rows that did not fire after 90 days."""
    SilentTrace.objects.filter(created_at__lt=now() - KEPT).delete()
