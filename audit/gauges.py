"""What the record tells of itself."""

from collections.abc import Iterator

from audit.models import AuditAlarm, AuditCheckpoint, AuditPending
from core.clock import now
from core.measuring import Gauge, register_gauge

Rows = Iterator[tuple[tuple[str, ...], float]]


def _waiting() -> Rows:
    yield (), AuditPending.objects.count()


def _checkpoint_age() -> Rows:
    """Nothing where there is no checkpoint yet."""
    last = AuditCheckpoint.objects.first()
    if last is not None:
        yield (), (now() - last.at).total_seconds()


def _alarms() -> Rows:
    yield (), AuditAlarm.objects.filter(cleared_at=None).count()


register_gauge(Gauge("probity_audit_pending", "Entries of the record that are not yet in its tree.", _waiting))
register_gauge(Gauge("probity_audit_checkpoint_age_seconds", "Age of the record's newest checkpoint.", _checkpoint_age))
register_gauge(Gauge("probity_audit_alarms", "Open alarms about the record.", _alarms))
