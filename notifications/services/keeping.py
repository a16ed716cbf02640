"""Keeping the outbox small and its secrets under the current key."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from core.clock import now
from core.sealed import SealedThings, register_sealed
from core.vault import key_of_text, renew_text
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


def key_ids() -> Iterator[str]:
    """The id of the key that seals each address and signing secret."""
    for model in (Destination, SigningSecret):
        yield from map(key_of_text, model.objects.values_list("sealed", flat=True).iterator())


def renew_keys() -> Iterator[bool]:
    """Wraps the key of every sealed address and signing secret with the current key, each in its own transaction."""
    for model in (Destination, SigningSecret):
        for pk in list(model.objects.values_list("pk", flat=True)):
            yield _renew(model, pk)


@transaction.atomic
def _renew(model: type[Destination] | type[SigningSecret], pk: UUID) -> bool:
    row = model.objects.select_for_update().filter(pk=pk).first()
    return row is not None and _renewed(row)


def _renewed(row: Destination | SigningSecret) -> bool:
    place = place_of(row) if isinstance(row, Destination) else place_of_secret(row)
    fresh = renew_text(row.sealed, place)
    if fresh is None:
        return False
    row.sealed = fresh
    row.save(update_fields=["sealed"])
    return True


register_sealed(SealedThings("addresses and secrets of channels", key_ids, renew_keys))
