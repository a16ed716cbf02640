"""Emptying what runs kept of their subjects."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from workflows.models import Run, StepAttempt, StepRun, Trial


@transaction.atomic
def forget_runs(*, subject_ids: Collection[UUID]) -> int:
    """Empties outputs, items, reasons, errors and log lines of the runs about these subjects; how many runs.

    That they ran, when, and how each step ended stays.
    """
    runs = Run.objects.filter(subject_id__in=subject_ids)
    StepAttempt.objects.filter(step__run__in=runs).delete()
    Trial.objects.filter(run__in=runs).delete()
    StepRun.objects.filter(run__in=runs).update(output={}, item=None, reason="", error="")
    return runs.count()
