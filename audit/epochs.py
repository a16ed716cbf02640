"""Epochs of the log: a declared restore begins one, with an origin of its own, so that no origin signs two trees of a size."""

from django.conf import settings

from audit.actions import define
from audit.models import AuditEntry

RESTORE_DECLARED = define(
    "audit.restore_declared", "declared a restore: of {after[anchored]} anchored entries {after[kept]} were kept"
)
_MARK = "/restored-"


def current_epoch() -> int:
    """How often a restore was declared."""
    return AuditEntry.objects.filter(action=RESTORE_DECLARED.code).count()


def origin_of(epoch: int) -> str:
    """The origin that checkpoints of this epoch bear."""
    origin: str = settings.AUDIT_ORIGIN
    return f"{origin}{_MARK}{epoch}" if epoch else origin


def epoch_of(origin: str) -> int:
    """The epoch of a checkpoint by its origin."""
    _, mark, number = origin.rpartition(_MARK)
    return int(number) if mark and number.isdecimal() else 0
