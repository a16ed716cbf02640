"""Writing to the outbox and telling people. Inside the transaction of the cause."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from core.actor import Actor
from core.clock import now
from core.ids import parse_id
from notifications.models import Notification, Outbox, OutboxState
from workflows.engine.due import wake

MOST_ATTEMPTS = 8
_BACK_OFF = (1, 5, 30, 120, 600, 1800, 3600)
_CLAIM = timedelta(seconds=60)


def put(*, channel: str, event: str, payload: dict[str, object]) -> Outbox:
    """A message to send after the commit. Side effects: the row; after the commit the workers are woken."""
    row = Outbox.objects.create(channel=channel, event=event, payload=payload, run_at=now())
    transaction.on_commit(wake)
    return row


def tell_people(*, people: "list[User]", text: str, url: str) -> None:
    """Tells people in the product, and by e-mail where mail is set up. `text` and `url` hold no personal data."""
    Notification.objects.bulk_create(Notification(person=person, text=text, url=url) for person in people)
    if settings.EMAIL_HOST:
        for person in people:
            put(channel="email", event="notification", payload={"person": str(person.pk), "text": text, "url": url})


@transaction.atomic
def mark_read(*, by: Actor) -> int:
    """Marks everything a person was told as read; how much that was."""
    return Notification.objects.filter(person=parse_id(by.id), read_at=None).update(read_at=now())


def due_messages(limit: int) -> list[UUID]:
    """Messages that are due, the oldest first."""
    due = Outbox.objects.filter(state=OutboxState.PENDING, run_at__lte=now()).order_by("run_at")
    return list(due.values_list("pk", flat=True)[:limit])


def claim_message(message_id: UUID) -> Outbox | None:
    """Takes a due message for a minute, counting the attempt; None where it is not due."""
    moment = now()
    taken = Outbox.objects.filter(Q(run_at__lte=moment), pk=message_id, state=OutboxState.PENDING).update(
        attempt=F("attempt") + 1, run_at=moment + _CLAIM
    )
    return Outbox.objects.get(pk=message_id) if taken else None


def settle_message(message: Outbox, error: str = "") -> None:
    """Sent, or due again later, or given up after eight attempts."""
    fields: dict[str, object] = {"error": error[:200]}
    if not error:
        fields |= {"state": OutboxState.SENT, "sent_at": now()}
    elif message.attempt >= MOST_ATTEMPTS:
        fields |= {"state": OutboxState.DEAD}
    else:
        fields |= {"run_at": now() + timedelta(seconds=_BACK_OFF[min(message.attempt, len(_BACK_OFF)) - 1])}
    Outbox.objects.filter(pk=message.pk, attempt=message.attempt, state=OutboxState.PENDING).update(**fields)
