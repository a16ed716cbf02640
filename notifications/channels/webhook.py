"""Webhooks to other programs, signed as Standard Webhooks 1.0.0 has it."""

import json

from core.clock import now
from notifications.channels.base import Channel, Parcel, Receipt, post_bytes
from notifications.signing import headers_for

_HOUR = 3600


class WebhookChannel(Channel):
    """The id stays the same over attempts, so that a receiver takes each event once; every live secret signs."""

    name = "webhook"
    label = "Webhook"
    icon = "webhook"
    sentence = "Another program, by a signed POST with a stable id."
    is_shared = True
    is_signed = True
    address_label = "Address that receives the events"
    address_hint = "https://…"
    waits = (5, 300, 1800, 2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR)

    def send(self, parcel: Parcel) -> Receipt:
        body = {"type": parcel.event, "timestamp": parcel.occurred_at.isoformat(), "data": dict(parcel.data)}
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        signed = headers_for(parcel.secrets, f"msg_{parcel.id.hex}", int(now().timestamp()), content)
        return post_bytes(parcel, content, headers=signed, logged=content.decode())[0]


CHANNEL = WebhookChannel()
