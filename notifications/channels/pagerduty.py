"""PagerDuty: Events API v2 (https://developer.pagerduty.com/docs/send-alert-event)."""

import json
import re
from typing import Any

from django.conf import settings

from core.exceptions import Fault, InvalidInput
from notifications.channels.base import Channel, Parcel, Receipt, Undelivered, post_json

_KEY = re.compile(r"[A-Za-z0-9]{32}")
_ACTIONS = {"": "trigger", "open": "trigger", "taken": "acknowledge", "ended": "resolve"}


class PagerDutyChannel(Channel):
    """Repeats are one incident by their `dedup_key`; a condition that is taken or ends acknowledges or resolves it."""

    name = "pagerduty"
    label = "PagerDuty"
    icon = "bell-ringing"
    sentence = "Whoever is on call, as an incident that resolves by itself when its cause ends."
    is_shared = True
    address_label = "Integration key"
    address_hint = "32 letters and digits, from an Events API v2 integration"

    def check(self, address: str) -> str:
        if not _KEY.fullmatch(address):
            raise InvalidInput("This is no integration key.", [Fault("/address", "is not 32 letters and digits")])
        return f"…{address[-4:]}"

    def send(self, parcel: Parcel) -> Receipt:
        receipt, answer = post_json(
            parcel, event_of(parcel), address=settings.PAGERDUTY_URL, hidden=("routing_key",), final=frozenset({400})
        )
        if not _is_taken(answer.text):
            raise Undelivered("what answered was not PagerDuty", receipt=receipt, maybe_taken=True)
        return receipt


def event_of(parcel: Parcel) -> dict[str, Any]:
    """The message as an event; only one that triggers says what happened."""
    action = _ACTIONS[parcel.state]
    event: dict[str, Any] = {
        "routing_key": parcel.address, "event_action": action, "dedup_key": (parcel.key or str(parcel.id))[:255],
    }  # fmt: skip
    if action != "trigger":
        return event
    event["payload"] = {
        "summary": parcel.title[:1024], "source": settings.PUBLIC_URL, "severity": parcel.severity,
        "timestamp": parcel.occurred_at.isoformat(), "component": "probity", "class": parcel.event,
    }  # fmt: skip
    if parcel.url:
        event["links"] = [{"href": parcel.url, "text": parcel.phrases["open"]}]
    return event | {"client": "Probity", "client_url": settings.PUBLIC_URL}


def _is_taken(text: str) -> bool:
    try:
        told = json.loads(text)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("status") == "success"


CHANNEL = PagerDutyChannel()
