"""What vouches for the record."""

from dataclasses import dataclass

from audit.anchors.base import configured_anchors
from audit.log.checkpoints import Checkpoint, parse_checkpoint
from audit.models import AuditAlarm, AuditAnchor, AuditCheckpoint, AuditPending, AuditVerification


@dataclass(frozen=True)
class AnchorState:
    """An anchor and the newest checkpoint it took."""

    name: str
    last: AuditAnchor | None


@dataclass(frozen=True)
class IntegrityState:
    """What vouches for the record now."""

    checkpoint: AuditCheckpoint | None
    told: Checkpoint | None
    waiting: int
    anchors: tuple[AnchorState, ...]
    alarms: tuple[AuditAlarm, ...]
    verifications: tuple[AuditVerification, ...]


def integrity_now() -> IntegrityState:
    """The tree's newest root, its anchors, open alarms and the last ten verifications."""
    checkpoint = AuditCheckpoint.objects.first()
    anchors = (AnchorState(one.name, AuditAnchor.objects.filter(sink=one.name).first()) for one in configured_anchors())
    return IntegrityState(
        checkpoint=checkpoint,
        told=parse_checkpoint(checkpoint.note) if checkpoint else None,
        waiting=AuditPending.objects.count(),
        anchors=tuple(anchors),
        alarms=tuple(AuditAlarm.objects.filter(cleared_at=None)),
        verifications=tuple(AuditVerification.objects.all()[:10]),
    )
