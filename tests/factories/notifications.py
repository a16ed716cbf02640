"""Channels and messages for tests."""

from typing import Any

from accounts.enums import Role
from notifications.models import Destination, Outbox
from notifications.relay import send_message
from notifications.selectors.outbox import due_messages
from notifications.services import create_destination
from tests.factories.accounts import make_person

ROUTING_KEY = "0123456789abcdef0123456789ABCDEF"


def make_destination(kind: str, address: str, *events: str, **more: Any) -> tuple[Destination, str]:
    """(destination, signing secret) that hears of these events; the address must be allowed by the test's settings."""
    by = more.pop("by", None) or make_person(Role.ADMINISTRATOR).actor
    values = {"name": f"{kind} {Destination.objects.count()}", "events": events or ("case.opened", "list.stale")}
    return create_destination(kind=kind, address=address, by=by, **(values | more))


def send_due() -> int:
    """Sends what is due in every lane, as the dispatcher does, until nothing is; how many attempts that were."""
    count = 0
    while keys := due_messages(50):
        for key in keys:
            send_message(key)
            count += 1
    return count


def only_message() -> Outbox:
    """The one message that left the product."""
    return Outbox.objects.exclude(channel="live").get()
