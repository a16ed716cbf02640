"""Deleting a customer's transactions, process events and alerts."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from monitoring.models import (
    Alert,
    AlertDecision,
    AlertSnooze,
    BlindItem,
    OperatorQualification,
    PendingAssessment,
    ProcessEvent,
    QuietFinding,
    Settlement,
    Transaction,
)
from monitoring.services.archiving import forget_archived
from workflows.services import forget_runs


@transaction.atomic
def forget_transactions(customer_id: UUID) -> dict[str, int]:
    """Deletes what was delivered about the customer and what was found in it; how many transactions, events, alerts.

    Files of the archive that hold rows of the customer are written anew without them.
    Snapshots beside the database lose the rows with their next comparison, within a day.
    """
    transactions = Transaction.objects.filter(customer=customer_id)
    events = ProcessEvent.objects.filter(customer=customer_id)
    alerts = Alert.objects.filter(customer=customer_id)
    counts = {"transactions": transactions.count(), "process events": events.count(), "alerts": alerts.count()}
    Settlement.objects.filter(item__customer=customer_id).delete()
    BlindItem.objects.filter(customer=customer_id).delete()
    forget_runs(subject_ids=list(alerts.values_list("pk", flat=True)))
    QuietFinding.objects.filter(Q(transaction__customer=customer_id) | Q(event__customer=customer_id)).delete()
    AlertDecision.objects.filter(alert__customer=customer_id).delete()
    for rows in (alerts, transactions, events):
        rows.delete()
    counts["transactions"] += forget_archived(customer_id=customer_id)
    for model in (PendingAssessment, AlertSnooze, OperatorQualification):
        model.objects.filter(customer=customer_id).delete()
    return counts
