"""Clearing alarms: somebody says what was found and done, and that is on the record too."""

from django.db import transaction

from audit.actions import define
from audit.models import AuditAlarm
from audit.services.recording import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, NotFound
from core.words import said

ALARM_CLEARED = define("audit.alarm_cleared", "cleared the alarm {after[kind]} about the record: {reason}")


@transaction.atomic
def clear_alarm(*, alarm_id: int, resolution: str, by: Actor) -> None:
    """Clears an open alarm. Raises NotFound, or Conflict where somebody cleared it first."""
    alarm = AuditAlarm.objects.select_for_update().filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound("There is no such alarm.")
    if alarm.cleared_at:
        raise Conflict(said("{cleared_by} cleared this alarm already.", cleared_by=alarm.cleared_by))
    alarm.cleared_at, alarm.cleared_by, alarm.resolution = now(), by.name, resolution
    alarm.save()
    record(ALARM_CLEARED, by=by, object_type="audit_alarm", object_id=alarm.pk, stream="audit:log",
           after={"kind": alarm.kind, "detail": alarm.detail}, reason=resolution)  # fmt: skip
