"""Reads of what waits for its assessment."""

from datetime import datetime

from django.db.models import QuerySet

from monitoring.models import PendingAssessment


def assessments_waiting_since(moment: datetime) -> QuerySet[PendingAssessment]:
    """Deliveries, one row for each customer of each, that a worker could have assessed at this moment."""
    return PendingAssessment.objects.filter(run_at__lte=moment)
