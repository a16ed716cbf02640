"""Setting channels up: creating, changing, rotating secrets, disabling and enabling. Every one is on the record."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.selectors import api_client_for_actor
from audit.services import record
from cases.selectors import queues
from core.actor import Actor, ActorKind
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput
from core.ids import parse_id
from core.vault import seal_text
from core.words import said
from notifications import actions
from notifications.channels import CHANNELS
from notifications.enums import OutboxState
from notifications.events import TEST, subscribable
from notifications.models import Destination, Lane, Outbox, SigningSecret
from notifications.selectors.destinations import locked_destination
from notifications.selectors.parcels import live_secrets, place_of, place_of_secret
from notifications.services.outbox import put
from notifications.services.telling import Told, tell
from notifications.signing import new_secret
from notifications.texts import languages

OVERLAP_HOURS = 24
LONGEST_OVERLAP_HOURS = 30 * 24


@transaction.atomic
def create_destination(*, name: str, kind: str, address: str, events: Sequence[str], queue_ids: Sequence[str] = (),
                       language: str = "en", by: Actor) -> tuple[Destination, str]:  # fmt: skip
    """(destination, signing secret in clear): the only time that secret is shown; empty for channels that do not sign.

    An API client sets up webhooks alone, and they are its own. Side effects: the rows, an audit entry. Raises
    InvalidInput, Conflict for a taken name.
    """
    client = api_client_for_actor(by)
    channel = CHANNELS.get(kind)
    if channel is None or not channel.is_shared or (by.kind is ActorKind.SERVICE_ACCOUNT and not channel.is_signed):
        raise InvalidInput("There is no such channel.", [Fault("/kind", "is no channel that can be set up")])
    if Destination.objects.filter(name=name).exists():
        raise Conflict("Another channel has this name.")
    row = Destination(
        name=name, kind=kind, shown=channel.check(address), events=_checked_events(events, for_client=client is not None),
        queues=_checked_queues(queue_ids), language=_checked_language(language), client=client,
        created_by_id=parse_id(by.id) if by.is_person else None,
    )  # fmt: skip
    row.sealed = seal_text(address, place_of(row))
    row.save()
    secret = _add_secret(row) if channel.is_signed else ""
    record(actions.DESTINATION_CREATED, by=by, object_type="destination", object_id=row.pk,
           after={"name": name, "kind": kind, "shown": row.shown, "events": row.events})  # fmt: skip
    return row, secret


@transaction.atomic
def change_destination(*, destination_id: UUID, events: Sequence[str] | None = None, queue_ids: Sequence[str] | None = None,
                       language: str | None = None, address: str = "", by: Actor) -> Destination:  # fmt: skip
    """Changes what is given, leaves the rest. Side effects: the row, an audit entry. Raises InvalidInput."""
    row = locked_destination(destination_id)
    before = {"events": row.events, "shown": row.shown}
    if events is not None:
        row.events = _checked_events(events, for_client=row.client_id is not None)
    if queue_ids is not None:
        row.queues = _checked_queues(queue_ids)
    if language is not None:
        row.language = _checked_language(language)
    if address:
        row.shown, row.sealed = CHANNELS[row.kind].check(address), seal_text(address, place_of(row))
    row.claim_version()
    row.save()
    record(actions.DESTINATION_CHANGED, by=by, object_type="destination", object_id=row.pk, before=before,
           after={"name": row.name, "events": row.events, "shown": row.shown})  # fmt: skip
    return row


@transaction.atomic
def change_webhook(*, destination_id: UUID, events: Sequence[str] | None, address: str, is_active: bool | None,
                   by: Actor) -> None:  # fmt: skip
    """What a program may change of its webhook in one request; effects and errors as those of each part."""
    if events is not None or address:
        change_destination(destination_id=destination_id, events=events, address=address, by=by)
    if is_active is True:
        enable_destination(destination_id=destination_id, by=by)
    elif is_active is False:
        disable_destination(destination_id=destination_id, reason="switched off over REST", by=by)


@transaction.atomic
def rotate_secret(*, destination_id: UUID, overlap_hours: int = OVERLAP_HOURS, by: Actor) -> str:
    """A new signing secret, in clear this once. The former ones sign beside it for `overlap_hours`, then no more.

    Side effects: the secrets, an audit entry. Raises InvalidInput.
    """
    row = locked_destination(destination_id)
    if not CHANNELS[row.kind].is_signed:
        raise InvalidInput("This channel does not sign.", [Fault("/kind", "has no signing secret")])
    if not 0 <= overlap_hours <= LONGEST_OVERLAP_HOURS:
        raise InvalidInput(
            "The overlap is not valid.",
            [
                Fault(
                    "/overlap_hours",
                    said("must be 0 to {longest_overlap_hours}", longest_overlap_hours=LONGEST_OVERLAP_HOURS),
                )
            ],
        )
    until = now() + timedelta(hours=overlap_hours)
    for former in live_secrets(row):
        former.expires_at = min(former.expires_at or until, until)
        former.save(update_fields=["expires_at"])
    clear = _add_secret(row)
    record(actions.SECRET_ROTATED, by=by, object_type="destination", object_id=row.pk,
           after={"name": row.name, "until": until})  # fmt: skip
    return clear


@transaction.atomic
def disable_destination(*, destination_id: UUID, reason: str, by: Actor) -> None:
    """Ends the sending; what waits is parked. Disabled by the product itself, administrators are told.

    Side effects: the row, messages parked, an audit entry; for the product as actor the event `channel.disabled`.
    """
    row = locked_destination(destination_id)
    row.is_active, row.disabled_reason = False, reason[:200]
    row.save(update_fields=["is_active", "disabled_reason", "updated_at"])
    waiting = Outbox.objects.filter(destination=row, state=OutboxState.PENDING)
    waiting.update(state=OutboxState.DEAD, error="the channel was disabled")
    record(actions.DESTINATION_DISABLED, by=by, object_type="destination", object_id=row.pk, after={"name": row.name},
           reason=reason)  # fmt: skip
    if by.kind is ActorKind.SYSTEM:
        about = {"id": str(row.pk), "name": row.name, "reason": reason[:200]}
        path = reverse("notifications:destination_detail", args=[row.pk])
        tell(Told("channel.disabled", path, f"channel.disabled:{row.pk}:{now().isoformat()}", {"channel": about}))


@transaction.atomic
def enable_destination(*, destination_id: UUID, by: Actor) -> None:
    """Has the destination sent to again, with a closed circuit. What was parked stays so until somebody sends it."""
    row = locked_destination(destination_id)
    row.is_active, row.disabled_reason = True, ""
    row.save(update_fields=["is_active", "disabled_reason", "updated_at"])
    _close_circuit(row)
    record(actions.DESTINATION_ENABLED, by=by, object_type="destination", object_id=row.pk, after={"name": row.name})


@transaction.atomic
def remove_destination(*, destination_id: UUID, by: Actor) -> None:
    """Removes the destination with its secrets and its log. Side effects: the rows, an audit entry."""
    row = locked_destination(destination_id)
    Lane.objects.filter(pk=f"{row.kind}:{row.pk}").delete()
    record(actions.DESTINATION_REMOVED, by=by, object_type="destination", object_id=row.pk, before={"name": row.name})
    row.delete()


@transaction.atomic
def try_destination(*, destination_id: UUID, by: Actor) -> None:
    """Sends a test at once, past an open circuit. Side effects: a message in the outbox, an audit entry."""
    row = locked_destination(destination_id)
    if not row.is_active:
        raise Conflict("This channel is disabled; enable it first.")
    _close_circuit(row)
    data = {"channel": {"id": str(row.pk), "name": row.name, "reason": "test"}}
    payload: dict[str, object] = {"data": data, "path": "/", "state": "", "key": f"test:{row.pk}:{now().isoformat()}"}
    put(channel=row.kind, event=TEST, payload=payload, destination=row)
    record(actions.DESTINATION_TESTED, by=by, object_type="destination", object_id=row.pk, after={"name": row.name})


def _close_circuit(row: Destination) -> None:
    Lane.objects.filter(pk=f"{row.kind}:{row.pk}").update(open_until=None, failures=0, failing_since=None)


def _add_secret(row: Destination) -> str:
    clear = new_secret()
    secret = SigningSecret(destination=row)
    secret.sealed = seal_text(clear, place_of_secret(secret))
    secret.save()
    return clear


def _checked_events(events: Sequence[str], *, for_client: bool) -> list[str]:
    possible = [event.code for event in subscribable(for_client)]
    unknown = [code for code in events if code not in possible]
    if unknown or not events:
        hint = "one or more of " + ", ".join(possible)
        raise InvalidInput(
            "The events are not valid.",
            [Fault("/events", said("{value} cannot be heard", value=unknown or "empty"), hint)],
        )
    return sorted(set(events), key=possible.index)


def _checked_queues(queue_ids: Sequence[str]) -> list[str]:
    known = {str(queue.pk) for queue in queues()}
    if set(queue_ids) - known:
        raise InvalidInput("The queues are not valid.", [Fault("/queues", "there is no such queue")])
    return sorted(set(queue_ids))


def _checked_language(language: str) -> str:
    if language not in languages():
        raise InvalidInput(
            "The language is not known.", [Fault("/language", "is not one of " + ", ".join(languages()))]
        )
    return language
