"""Handing checkpoints to places outside the database."""

from datetime import timedelta

import structlog

from audit.alarms import raise_alarm
from audit.anchors import email, file, timestamp, webhook  # noqa: F401 - each registers itself
from audit.anchors.base import Anchor, AnchorFailed, configured_anchors
from audit.models import AuditAnchor, AuditCheckpoint
from core.clock import now

_log = structlog.get_logger(__name__)


def anchor_checkpoints() -> int:
    """Hands the newest checkpoint to every anchor that is due; how many took it.

    Call after the commit of `place_pending`, outside a transaction: nothing must be anchored that could roll back. An
    anchor that fails raises an alarm and is tried with the next checkpoint.
    """
    checkpoint = AuditCheckpoint.objects.first()
    return sum(_anchored(anchor, checkpoint) for anchor in configured_anchors()) if checkpoint else 0


def _anchored(anchor: Anchor, checkpoint: AuditCheckpoint) -> bool:
    last = AuditAnchor.objects.filter(sink=anchor.name).first()
    if last and (last.size >= checkpoint.size or last.at > now() - timedelta(seconds=anchor.every_seconds)):
        return False
    try:
        receipt = anchor.publish(checkpoint.note)
    except AnchorFailed as error:
        _log.warning("anchor_failed", anchor=anchor.name, error=str(error))
        raise_alarm("anchor_failed", f"{anchor.name}: {error}")
        return False
    # Two threads may anchor one checkpoint at once: the place holds it twice, which says the same.
    values = {"receipt": receipt[:500], "at": now()}
    AuditAnchor.objects.get_or_create(sink=anchor.name, size=checkpoint.size, defaults=values)
    return True
