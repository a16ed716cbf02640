"""The port of a channel, and what all channels that POST have in common."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import UUID

from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.outbound import FetchFailed
from core.sending import Answer, NoAnswer, checked_to, post

SECONDS = 10.0
_SHORT = (5, 30, 120, 600, 1800, 3600, 7200)
_SHOWN = 500
_LONGEST_WAIT = 6 * 3600


@dataclass(frozen=True)
class Parcel:
    """What a channel is asked to carry. `id` and `key` stay the same over all attempts; `key` names what it is about.

    `address` and `secrets` are opened for this one attempt. `again`: an attempt before this one may have arrived.
    `state`: `open`, `taken` or `ended` for a condition, empty otherwise. `phrases` are `open` and `again` in its language.
    """

    id: UUID
    event: str
    data: Mapping[str, Any]
    occurred_at: datetime
    title: str = ""
    text: str = ""
    url: str = ""
    html: str = ""
    severity: str = "info"
    key: str = ""
    state: str = ""
    again: bool = False
    address: str = ""
    secrets: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """That it arrived: the status where there is one, what was sent and answered (without secrets)."""

    status: int | None = None
    milliseconds: int = 0
    request: str = ""
    answer: str = ""


class Undelivered(Exception):
    """It did not arrive, or nobody knows. Says whether trying again may help, and when."""

    def __init__(self, reason: str, *, receipt: Receipt | None = None, final: bool = False, gone: bool = False,
                 maybe_taken: bool = False, wait: float = 0) -> None:  # fmt: skip
        super().__init__(reason)
        self.reason = reason
        self.receipt = receipt or Receipt()
        self.final = final  # this message never will
        self.gone = gone  # nothing ever will: the other side wants no more
        self.maybe_taken = maybe_taken
        self.wait = wait  # seconds that the other side asked for


class Channel:
    """One way out. A file in this folder with a `CHANNEL` is one; nothing else names it.

    `is_shared` channels have destinations that administrators set up; `address_label` and `address_hint` are asked for
    there. `waits` are the seconds between attempts; one message more than they are is parked.
    """

    name = ""
    label = ""
    icon = "send"
    sentence = ""
    is_shared = False
    is_signed = False
    address_label = "Address"
    address_hint = ""
    waits: tuple[int, ...] = _SHORT

    def send(self, parcel: Parcel) -> Receipt:
        """Carries one message. Raises Undelivered for whatever went wrong on the way."""
        raise TypeError(f"{type(self).__name__} does not say how it sends")

    def check(self, address: str) -> str:
        """What of the address may be shown; raises InvalidInput for one that cannot be right."""
        return shown_url(address)


def shown_url(address: str) -> str:
    """The host and the end of a web address, whose middle may be a secret. Raises InvalidInput where it is not reachable."""
    try:
        checked_to(address)
    except (FetchFailed, ValueError) as error:
        raise InvalidInput("The address cannot be used.", [Fault("/address", str(error), "https://…")]) from error
    rest = address.partition("://")[2]
    host, _, path = rest.partition("/")
    return f"{host.rpartition('@')[2]}/…{path[-4:]}"[:120]


def post_json(parcel: Parcel, body: Mapping[str, Any], *, headers: Mapping[str, str] | None = None, address: str = "",
              hidden: tuple[str, ...] = (), final: frozenset[int] = frozenset()) -> tuple[Receipt, Answer]:  # fmt: skip
    """POSTs and reads the status as HTTP means it: 2xx arrived, everything else did not.

    `final` are the statuses after which this message is not tried again; `hidden` are top-level fields left out of the
    log. Redirects are failures (Standard Webhooks: the address is to be corrected instead).
    """
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return post_bytes(parcel, content, headers=headers, address=address, final=final,
                      logged=json.dumps({k: v for k, v in body.items() if k not in hidden}, ensure_ascii=False))  # fmt: skip


def post_bytes(parcel: Parcel, content: bytes, *, logged: str, headers: Mapping[str, str] | None = None,
               address: str = "", final: frozenset[int] = frozenset()) -> tuple[Receipt, Answer]:  # fmt: skip
    """The same for bytes that are already made, because a signature is over them."""
    sent = {"Content-Type": "application/json", **(headers or {})}
    try:
        answer = post(address or parcel.address, content, headers=sent, seconds=SECONDS)
    except NoAnswer as error:
        raise Undelivered(error.message, receipt=Receipt(request=logged), maybe_taken=error.maybe_taken) from error
    except FetchFailed as error:
        raise Undelivered(error.message, receipt=Receipt(request=logged)) from error
    receipt = Receipt(answer.status, answer.milliseconds, logged, printable(answer.text))
    if 200 <= answer.status < 300:  # noqa: PLR2004
        return receipt, answer
    raise Undelivered(
        f"answered {answer.status}", receipt=receipt, final=answer.status in final, gone=answer.status == 410,  # noqa: PLR2004
        wait=retry_after(answer.headers.get("retry-after", "")),
    )  # fmt: skip


def printable(text: str) -> str:
    """The beginning of an answer, on one line, for the log."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:_SHOWN])


def retry_after(value: str) -> float:
    """Seconds that a Retry-After header asks for (RFC 9110: a number or a date), at most six hours; 0 without one."""
    try:
        seconds = float(value) if value.strip().isdigit() else (parsedate_to_datetime(value) - now()).total_seconds()
    except (ValueError, TypeError):
        return 0
    return max(0, min(seconds, _LONGEST_WAIT))
