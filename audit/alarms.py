"""Raising an alarm about the record, once for as long as it is open."""

from django.db import transaction

from audit.models import AuditAlarm
from audit.signals import integrity_alarm
from core.clock import now


@transaction.atomic
def raise_alarm(kind: str, detail: str, entry_id: int | None = None) -> None:
    """Stores the alarm and tells the floors above, unless the same one is open already."""
    if AuditAlarm.objects.filter(kind=kind, detail=detail[:300], cleared_at=None).exists():
        return
    alarm = AuditAlarm.objects.create(kind=kind, detail=detail[:300], entry_id=entry_id, raised_at=now())
    integrity_alarm.send(sender=AuditAlarm, alarm_id=alarm.pk)
