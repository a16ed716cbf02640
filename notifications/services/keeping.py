"""Keeping the outbox small and its secrets under the current key."""

from datetime import timedelta

from django.db import transaction

from core.clock import now
from core.vault import renew_text
from notifications.enums import OutboxState
from notifications.models import Destination, Outbox, SigningSecret
from notifications.selectors.parcels import place_of, place_of_secret
from notifications.services.outbox import LIVE

_KEEP_HINTS = timedelta(hours=1)
_KEEP_DELIVERIES = timedelta(days=90)


def purge_old_messages() -> None:
    """Forgets live hints after an hour and what arrived after 90 days; what is parked stays. A periodic task."""
    moment = now()
    Outbox.objects.filter(lane=LIVE, created_at__lt=moment - _KEEP_HINTS).delete()
    Outbox.objects.filter(state=OutboxState.SENT, sent_at__lt=moment - _KEEP_DELIVERIES).delete()


@transaction.atomic
def renew_keys() -> int:
    """Wraps the keys of every sealed address and signing secret with the current key; how many needed it."""
    count = 0
    for row in Destination.objects.select_for_update():
        count += _renewed(row, place_of(row))
    for secret in SigningSecret.objects.select_for_update():
        count += _renewed(secret, place_of_secret(secret))
    return count


def _renewed(row: Destination | SigningSecret, place: str) -> bool:
    fresh = renew_text(row.sealed, place)
    if fresh is None:
        return False
    row.sealed = fresh
    row.save(update_fields=["sealed"])
    return True
