"""`Idempotency-Key`: the same request again gets the stored answer, another one under the same key is refused."""

import hashlib
import json
from collections.abc import Callable

from django.db import IntegrityError, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from cases.exceptions import IdempotencyKeyReused
from cases.models import IdempotentAnswer
from core.exceptions import Conflict, Fault, InvalidInput
from core.http import actor_of

_LONGEST = 200


def answered_once(request: Request, content: list[bytes], work: Callable[[], Response]) -> Response:
    """The answer of `work`, done once for caller and key. `content` is everything the request says.

    The answer is stored in the transaction of the work, so that one does not exist without the other. Without the
    header the work is simply done. Raises IdempotencyKeyReused for the same key with other content.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return work()
    if len(key) > _LONGEST:
        raise InvalidInput(
            "The Idempotency-Key is too long.", [Fault("/headers/Idempotency-Key", "at most 200 characters")]
        )
    digest = hashlib.sha256(b"\x00".join(content)).hexdigest()
    caller = actor_of(request).id
    stored = _stored(caller, key, digest)
    if stored is not None:
        return stored
    try:
        with transaction.atomic():
            response = work()
            body = json.loads(json.dumps(response.data, default=str))
            IdempotentAnswer.objects.create(
                caller=caller, key=key, request_sha256=digest, status=response.status_code, body=body
            )
    except (IntegrityError, Conflict):  # the same request, sent before this one was answered, was there first
        raced = _stored(caller, key, digest)
        if raced is None:
            raise
        return raced
    return response


def _stored(caller: str, key: str, digest: str) -> Response | None:
    found = IdempotentAnswer.objects.filter(caller=caller, key=key).first()
    if found is None:
        return None
    if found.request_sha256 != digest:
        raise IdempotencyKeyReused("This Idempotency-Key was used for another request.")
    response = Response(found.body, status=found.status)
    response["Idempotency-Replayed"] = "true"
    return response
