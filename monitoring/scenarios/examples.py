"""What proves a scenario: in its file a history that must fire it and some that must just not.

An entry is one event or, with `times` and `every`, several: `ago` is how long before the end of the history the first
happens, `{n}` in a text counts them. Written for the shipped parameters. The same events go through the evaluator,
through a file and through a delivery.

    positive:
      - {ago: 90d, every: 10d, times: 9, amount: 40}
      - {ago: 0d, amount: 9400, with: S1}
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from monitoring.domains import domain_of
from monitoring.domains.base import Domain

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SIDES = ("sender", "receiver")
_PLACING = ("ago", "every", "times")
Event = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """`positive` fires the scenario; each near miss, named by what it lacks, never does. `tables` go with the file."""

    positive: tuple[Event, ...]
    near_misses: Mapping[str, tuple[Event, ...]]
    tables: Mapping[str, list[dict[str, str]]]


def example_of(data: Mapping[str, Any]) -> Example:
    """The example as a scenario file has it; an event's `ago` is a timedelta."""
    misses = {name: _events(entries) for name, entries in data["near_misses"].items()}
    return Example(_events(data["positive"]), misses, data.get("tables", {}))


def length(text: str) -> timedelta:
    """A length such as `90m`, `1.5d`, or several: `1d 6h`."""
    return sum((timedelta(**{_UNITS[unit]: float(number)}) for number, unit in _LENGTH.findall(text)), timedelta())


def _events(entries: list[Mapping[str, Any]]) -> tuple[Event, ...]:
    found: list[Event] = []
    for entry in entries:
        step = length(str(entry.get("every", "0d")))
        values = {name: value for name, value in entry.items() if name not in _PLACING}
        for number in range(int(entry.get("times", 1))):
            told = {
                name: value.replace("{n}", str(number)) if isinstance(value, str) else value
                for name, value in values.items()
            }
            found.append({"ago": length(str(entry["ago"])) - step * number, **told})
    return tuple(sorted(found, key=lambda event: -event["ago"]))


def file_rows(events: tuple[Event, ...], *, domain: str, end: datetime) -> list[Event]:
    """The events as lines of a file of the domain."""
    made = _MADE.get(domain) or partial(_plain, domain_of(domain))
    return [made(event, number, end) for number, event in enumerate(events)]


def _payment(event: Event, number: int, end: datetime) -> Event:
    """From the account `of` (or `me`) `with` another: `in` unless `way` is `out`."""
    own, other = str(event.get("of", "me")), str(event.get("with", "X"))
    sender, receiver = (own, other) if event.get("way") == "out" else (other, own)
    known = {"ago", "of", "with", "way", "country", "own_country"}
    sides = {"sender_country": "country" if receiver == own else "own_country",
             "receiver_country": "own_country" if receiver == own else "country"}  # fmt: skip
    places = {side: event[name] for side, name in sides.items() if name in event}
    rest = {name: value for name, value in event.items() if name not in known}
    return {
        "transaction_id": f"E{number:05d}", "timestamp": (end - event["ago"]).isoformat(), "sender_account": sender,
        "receiver_account": receiver, "currency": "EUR", **places, **rest,
    }  # fmt: skip


def _entry(event: Event, number: int, end: datetime) -> Event:
    """Begun `ago`; `took` until it ended, `lag` from then until it was recorded."""
    begun = end - event["ago"]
    ended = begun + length(str(event.get("took", "60m")))
    rest = {name: value for name, value in event.items() if name not in {"ago", "took", "lag"}}
    return {
        "event_id": f"E{number:05d}", "process_id": "B1", "operator_id": "OP1", "step": "MIXING",
        "start_ts": begun.isoformat(), "end_ts": ended.isoformat(),
        "recorded_ts": (ended + length(str(event.get("lag", "5m"))) * (-1 if event.get("early") else 1)).isoformat(),
        "deviation_flag": 0, "entry_no": 1, "verifier_id": "OP9", **{name: value for name, value in rest.items() if name != "early"},
    }  # fmt: skip


def _plain(domain: Domain, event: Event, number: int, end: datetime) -> Event:
    """Of a domain without words of its own: its columns as the event has them."""
    (time, *_) = domain.files.views[0].taken[domain.time]
    rest = {name: value for name, value in event.items() if name != "ago"}
    return {domain.files.event_id: f"E{number:05d}", time: (end - event["ago"]).isoformat(), **rest}


_MADE: dict[str, Callable[[Event, int, datetime], Event]] = {"finance": _payment, "pharma": _entry}


def delivered_entries(events: tuple[Event, ...], *, customer: str, end: datetime) -> list[Event]:
    """Entries of batch records as a delivery about one customer."""
    rows = file_rows(events, domain="pharma", end=end)
    return [
        {name: value for name, value in row.items() if name != "event_id"}
        | {"external_id": row["event_id"], "customer_external_id": customer}
        for row in rows
    ]


def screened_names(events: tuple[Event, ...]) -> dict[str, tuple[str, float]]:
    """What screening would say of the counterparties whom `delivery_rows` names, because an event has a hit on them."""
    return {
        _hit_name(event): (str(event[f"{side}_hit_topics"]), float(event[f"{side}_hit_score"]))
        for event in events
        for side in _SIDES
        if f"{side}_hit_topics" in event
    }


def _hit_name(event: Event) -> str:
    """A name for each different hit."""
    told = [
        str(event[f"{side}_hit_{what}"])
        for side in _SIDES
        for what in ("topics", "score")
        if f"{side}_hit_{what}" in event
    ]
    return f"Counterparty {' '.join(told)}" if told else ""


def delivery_rows(events: tuple[Event, ...], *, customer: str, end: datetime, currency: str) -> list[Event]:
    """Payments as a delivery; those of another account `of` are that customer's, whose external id is `customer-of`."""
    found = []
    for number, event in enumerate(events):
        own = f"{customer}-{event['of']}" if "of" in event else customer
        names = {
            "transaction_type": "type",
            "channel": "channel",
            "reference": "reference",
            "country": "counterparty_country",
        }
        rest = {name: event[key] for key, name in names.items() if key in event}
        found.append({
            "external_id": f"{customer}-{number:05d}", "customer_external_id": own, "direction": event.get("way", "in"),
            "amount": f"{event['amount']:.2f}", "currency": currency, "booked_at": (end - event["ago"]).isoformat(),
            "account": str(event.get("of", "me")), "counterparty_account": str(event.get("with", "X")),
            "counterparty_name": _hit_name(event), **rest,
        })  # fmt: skip
    return found
