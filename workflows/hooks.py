"""Signed messages that start a workflow, by the Standard Webhooks scheme (https://www.standardwebhooks.com): id, time and body
are signed by HMAC-SHA256, so that neither a stranger nor an old message starts anything.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from core.clock import now
from core.exceptions import Fault, InvalidInput
from workflows.exceptions import SignatureRefused

_PREFIX = "whsec_"
_TOLERANCE = 300
_LONGEST_ID = 100


@dataclass(frozen=True)
class Delivery:
    """A message as it came: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature`, and the body's bytes."""

    message_id: str
    timestamp: str
    signature: str
    body: bytes

    def inputs(self) -> dict[str, object]:
        """The run's inputs; raises InvalidInput where the body does not hold any."""
        try:
            told = json.loads(self.body or b"{}")
        except (ValueError, RecursionError):
            told = None
        inputs = told.get("inputs", {}) if isinstance(told, dict) else None
        if not isinstance(inputs, dict):
            raise InvalidInput("The body is not as agreed.", [Fault("/inputs", "must be an object", '{"inputs": {…}}')])
        return inputs


def secret_for(workflow_id: UUID, generation: int) -> str:
    """The secret of a workflow's webhook. Made from the installation's key, so that no table holds it."""
    message = f"workflows.hook:{workflow_id}:{generation}".encode()
    return _PREFIX + base64.b64encode(hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256)).decode()


def signature_of(delivery: Delivery, secret: str) -> str:
    """`v1,` and the signature of a message, in base64."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    message = f"{delivery.message_id}.{delivery.timestamp}.".encode() + delivery.body
    return "v1," + base64.b64encode(hmac.digest(key, message, hashlib.sha256)).decode()


def check_signature(delivery: Delivery, secret: str) -> None:
    """Raises SignatureRefused where id, time or signature is missing or wrong, or the time is over five minutes off."""
    on_time = delivery.timestamp.isascii() and delivery.timestamp.isdigit() and len(delivery.timestamp) <= 12  # noqa: PLR2004
    if not on_time or abs(now().timestamp() - int(delivery.timestamp)) > _TOLERANCE:
        raise SignatureRefused("The message's time is missing or more than five minutes off.")
    if not 0 < len(delivery.message_id) <= _LONGEST_ID:
        raise SignatureRefused("The message's id is missing or too long.")
    right = signature_of(delivery, secret).encode()
    if not any(hmac.compare_digest(right, given.encode()) for given in delivery.signature.split()):
        raise SignatureRefused("The message's signature is not right.")
